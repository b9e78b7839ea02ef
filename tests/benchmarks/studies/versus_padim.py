#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""anomalib's PaDiM with ResNet-18 as a contender of versus_anomalib.py.

usage: versus_padim.py fit THREADS PICTURES WEIGHTS.safetensors SIDE OUT
       versus_padim.py export OUT WIDTH HEIGHT
       versus_padim.py serve THREADS OUT PICTURES.rgb WIDTH HEIGHT RESIDENT ENGINE [BATCH]

fit learns the pictures of a folder and writes OUT/weights/torch/model.pt; export makes
OUT/weights/openvino of it, for pictures of that size, and prints versions as JSON. serve answers
what versus_mvga.cpp answers. ENGINE: torch, or openvino:PRECISION:HINT (PRECISION: default, f32,
bf16; HINT: latency, throughput).
"""
import json
import logging
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

LAYERS = ["layer1", "layer2", "layer3"]


def quiet():
    """Only what goes wrong is of interest here."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)


def untrained(weights, side):
    """PaDiM as it comes, on weights from a file instead of a hub."""
    from anomalib.models import Padim
    from safetensors.torch import load_file

    padim = Padim(
        backbone="resnet18",
        layers=LAYERS,
        pre_trained=False,
        pre_processor=Padim.configure_pre_processor((side, side)),
        evaluator=False,
        visualizer=False,
    )
    backbone = padim.model.feature_extractor.feature_extractor
    missing, _ = backbone.load_state_dict(load_file(weights), strict=False)
    missing = [key for key in missing if not key.endswith("num_batches_tracked")]
    if missing:
        sys.exit(f"{weights} is not of resnet18: there is no {missing[0]}")
    return padim


def fit(threads, folder, weights, side, out):
    """What anomalib's Engine does to learn, without what Lightning does around it."""
    import torch
    from anomalib.data.utils import read_image

    torch.set_num_threads(int(threads))
    torch.manual_seed(0)  # PaDiM keeps 100 features of 448 by lot
    files = sorted(path for path in Path(folder).iterdir() if path.is_file())
    padim = untrained(weights, int(side))
    start = time.perf_counter()
    padim.model.train()
    batch = 32  # anomalib's default
    with torch.no_grad():
        for first in range(0, len(files), batch):
            pictures = [read_image(f, as_tensor=True) for f in files[first : first + batch]]
            padim.model(padim.pre_processor.transform(torch.stack(pictures)))
        padim.fit()
    padim.eval().to_torch(out)
    print(time.perf_counter() - start)


def load_torch(out):
    import torch

    # What anomalib's own TorchInferencer does.
    return torch.load(f"{out}/weights/torch/model.pt", weights_only=False)["model"].eval()


def export(out, width, height):
    padim = load_torch(out)
    # PyTorch says much on standard output; 18 is what it exports to, whatever one asks for.
    answer, sys.stdout = sys.stdout, sys.stderr
    settings = {"opset_version": 18, "verbose": False}
    padim.to_openvino(out, input_size=(int(height), int(width)), onnx_kwargs=settings)
    sys.stdout = answer
    compiled = compiled_openvino(out, 1, width, height, {})
    facts = {name: version(name) for name in ("anomalib", "torch", "openvino")}
    facts["precision"] = compiled.get_property("INFERENCE_PRECISION_HINT").to_string()
    print(json.dumps(facts))


def compiled_openvino(out, batch, width, height, settings):
    """The exported model for one size of batch, which takes the bytes of pictures."""
    import openvino
    from openvino.preprocess import PrePostProcessor

    core = openvino.Core()
    model = core.read_model(f"{out}/weights/openvino/model.xml")
    model.reshape([batch, 3, int(height), int(width)])
    # What anomalib's OpenVINOInferencer does in NumPy. In the graph it is faster.
    steps = PrePostProcessor(model)
    layout = openvino.Layout
    steps.input().tensor().set_element_type(openvino.Type.u8).set_layout(layout("NHWC"))
    steps.input().model().set_layout(layout("NCHW"))
    steps.input().preprocess().convert_element_type(openvino.Type.f32).scale(255.0)
    return core.compile_model(steps.build(), "CPU", settings)


class Torch:
    def __init__(self, threads, out):
        import torch

        torch.set_num_threads(threads)
        self.torch = torch
        self.padim = load_torch(out)

    def predict(self, pictures):
        """Scores and maps of [N, H, W, 3] bytes."""
        with self.torch.inference_mode():
            # Without a copy to NCHW, which TorchInferencer makes: channels last is faster.
            batch = self.torch.from_numpy(pictures).permute(0, 3, 1, 2)
            result = self.padim(batch.to(self.torch.float32).div_(255))
            return result.pred_score.flatten().tolist(), result.anomaly_map.numpy()

    def stream(self, batches):
        for batch in batches:
            self.predict(batch)


class OpenVino:
    def __init__(self, threads, out, batch, width, height, precision, hint):
        import openvino

        settings = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": hint.upper()}
        if precision != "default":
            settings["INFERENCE_PRECISION_HINT"] = precision
        compiled = compiled_openvino(out, batch, width, height, settings)
        self.outputs = [compiled.output(name) for name in ("pred_score", "anomaly_map")]
        self.request = compiled.create_infer_request()
        self.queue = openvino.AsyncInferQueue(compiled) if hint == "throughput" else None
        if self.queue:
            self.queue.set_callback(lambda request, _: self.take(request))

    def take(self, request):
        scores, maps = (request.get_tensor(output).data for output in self.outputs)
        return scores.flatten().tolist(), maps.copy()

    def predict(self, pictures):
        self.request.infer([pictures], share_inputs=True, share_outputs=True)
        return self.take(self.request)

    def stream(self, batches):
        if not self.queue:
            for batch in batches:
                self.predict(batch)
            return
        for batch in batches:
            self.queue.start_async([batch], share_inputs=True)
        self.queue.wait_all()


def milliseconds(work):
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def answer(request, count, engine, batch, file, shape, resident):
    if request == "score":
        with open(file, "rb") as pictures:
            while pixels := pictures.read(int(np.prod(shape))):
                picture = np.frombuffer(bytearray(pixels), np.uint8).reshape(1, *shape)
                yield engine.predict(picture)[0][0]
    elif request == "turn":
        each = [milliseconds(lambda i=i: engine.predict(resident[i : i + 1])) for i in range(count)]
        yield sum(each)
        yield from each
    elif request == "stream":
        batches = [resident[i : i + batch] for i in range(0, count, batch)]
        yield milliseconds(lambda: engine.stream(batches))
    else:
        sys.exit(f"there is no request {request}")


def serve(threads, out, file, width, height, resident, engine, batch="1"):
    shape = (int(height), int(width), 3)
    batch = int(batch)
    kept = np.fromfile(file, np.uint8, int(resident) * int(np.prod(shape))).reshape(-1, *shape)
    if engine == "torch":
        engine = Torch(int(threads), out)
    else:
        _, precision, hint = engine.split(":")
        engine = OpenVino(int(threads), out, batch, width, height, precision, hint)
    for line in sys.stdin:
        request, *count = line.split()
        count = int(count[0]) if count else 0
        print(*answer(request, count, engine, batch, file, shape, kept), flush=True)


def main():
    commands = {"fit": fit, "export": export, "serve": serve}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    quiet()
    commands[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
