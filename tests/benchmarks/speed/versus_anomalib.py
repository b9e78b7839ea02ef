#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""mvga against anomalib's PaDiM: ResNet-18 at the same input size, on the same processors.

usage: versus_anomalib.py ROUNDS DATASET WEIGHTS.safetensors BUILD
DATASET: a category in the layout of MVTec AD, its pictures of one size. versus_anomalib.sh makes
the Python that this needs. Settings from the environment: MVGA_THREADS (2), MVGA_INPUT_SIZE (256).

Every contender is a process of its own and has the same pictures in memory, decoded. They score
them in turn, in many short rounds; who begins changes from round to round. Ratios are taken round
by round, so that a slow second counts on both sides. The time of a picture goes from its bytes to
score and map in hand: resizing, normalising, network and scoring are in it, for all.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
THREADS = int(os.environ.get("MVGA_THREADS", "2"))
SIDE = int(os.environ.get("MVGA_INPUT_SIZE", "256"))
PICTURES = 32  # of a turn
WARM = 4  # untimed before it
BATCHES = (4, 8, 16, 32)  # that are tried; each divides PICTURES
PICTURE_FILES = {".png", ".jpg", ".jpeg", ".bmp"}


@dataclass
class Contender:
    """One row of a table, and the process behind it."""

    name: str
    command: list
    request: str = "turn"
    batch: int = 1
    process: subprocess.Popen = None
    all: list = field(default_factory=list)  # of each round: milliseconds of a picture, on average
    median: list = field(default_factory=list)  # the same, of the median picture
    auroc: float = None
    peak: float = None  # MB
    cuda: float = 0  # MB of it that PyTorch's wheels for CPUs would not take

    def start(self):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, text=True)

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{self.name} has ended, see above: {' '.join(map(str, self.command))}")
        return [float(number) for number in answer.split()]

    def take_turn(self):
        self.ask(f"{self.request} {max(WARM, self.batch)}")
        in_all, *each = self.ask(f"{self.request} {PICTURES}")
        self.all.append(in_all / PICTURES)
        if each:
            self.median.append(float(np.median(each)))

    def end(self):
        self.cuda = cuda_libraries(self.process.pid)
        self.process.stdin.close()
        _, status, usage = os.wait4(self.process.pid, 0)
        if status != 0:
            sys.exit(f"{self.name} failed, see above")
        self.process.returncode = 0
        self.peak = usage.ru_maxrss / 1024


def cuda_libraries(pid):
    """MB in memory of what PyPI's torch brings along for GPUs."""
    total, counts = 0, False
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        if line.startswith("Rss:"):
            total += int(line.split()[1]) if counts else 0
        elif not line.split(maxsplit=1)[0].endswith(":"):
            counts = any(part in line for part in ("-packages/nvidia/", "_cuda", "/triton/"))
    return total / 1024


def quartiles(values):
    lower, median, upper = np.percentile(values, (25, 50, 75), method="nearest")
    return f"{median:{places(median)}} ({lower:{places(median)}} to {upper:{places(median)}})"


def places(value):
    return ".3f" if value < 0.1 else ".2f" if value < 10 else ".1f" if value < 100 else ".0f"


def ratio(ours, theirs):
    return quartiles(np.divide(ours, theirs))


def auroc(scores, anomalous):
    """The share of pairs that are in the right order."""
    scores, anomalous = np.array(scores), np.array(anomalous)
    bad, good = scores[anomalous][:, None], scores[~anomalous][None, :]
    return float(np.mean((bad > good) + 0.5 * (bad == good)))


def pictures_in(folder):
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURE_FILES)


def write_pictures(dataset, out):
    """Decodes the test set into one file, such that its beginning has some of every kind.
    Returns width, height, and what is anomalous."""
    files = [path for kind in sorted((dataset / "test").iterdir()) for path in pictures_in(kind)]
    if len(files) < PICTURES:
        sys.exit(f"{dataset}/test has {len(files)} pictures, {PICTURES} are needed")
    files = files[::3] + files[1::3] + files[2::3]
    size = Image.open(files[0]).size
    with open(out, "wb") as file:
        for path in files:
            picture = Image.open(path).convert("RGB")
            if picture.size != size:
                sys.exit(f"{path} has another size than {files[0]}")
            file.write(picture.tobytes())
    return *size, [path.parent.name != "good" for path in files]


@dataclass
class Fit:
    """A command that learns: seconds of the whole process, and its peak of memory."""

    name: str
    command: list
    files: list  # that watching needs then
    seconds: list = field(default_factory=list)
    inner: list = field(default_factory=list)  # without imports, as the process says
    peak: float = 0

    def run(self):
        with tempfile.TemporaryFile("w+") as errors:
            start = time.perf_counter()
            process = subprocess.Popen(
                self.command, stdout=subprocess.PIPE, stderr=errors, text=True
            )
            said = process.stdout.read()
            _, process.returncode, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.perf_counter() - start)
            if process.returncode != 0:
                errors.seek(0)
                sys.exit(f"{errors.read()}{self.name} could not learn")
        if said.strip():
            self.inner.append(float(said))
        self.peak = max(self.peak, usage.ru_maxrss / 1024)


class Comparison:
    def __init__(self, dataset, weights, build, folder):
        self.dataset, self.weights, self.build, self.folder = dataset, weights, build, folder
        self.model = folder / "model.mvga"
        self.pictures = folder / "pictures.rgb"
        self.padim = [sys.executable, HERE / "versus_padim.py"]
        self.good = dataset / "train" / "good"
        self.width, self.height, self.anomalous = write_pictures(dataset, self.pictures)

    def fits(self):
        mvga = [self.build / "tools/mvga", "fit", self.good, "-o", self.model, "--quiet"]
        mvga += ["--backbone", "resnet18", "--weights", self.weights, "--device", "cpu"]
        mvga += ["--input-size", SIDE, "--threads", THREADS]
        padim = [*self.padim, "fit", THREADS, self.good, self.weights, SIDE, self.folder]
        padim_model = self.folder / "weights/torch/model.pt"
        return [
            Fit("mvga fit", texts(mvga), [self.model, self.weights]),
            Fit("anomalib, torch", texts(padim), [padim_model]),
        ]

    def export(self):
        command = texts([*self.padim, "export", self.folder, self.width, self.height])
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            sys.exit("PaDiM could not be exported to OpenVINO, see above")
        return json.loads(done.stdout)

    def mvga(self, name, request, precision):
        mode = "async" if request == "stream" else "sync"
        command = [self.build / "tests/benchmarks/versus-mvga", self.pictures]
        command += [self.width, self.height, PICTURES, f"model={self.model}", "device=cpu"]
        # Its threads are as many as the processors: a fixed number would keep frames that are in
        # flight together from sharing them.
        command += [f"weights={self.weights}", f"precision={precision}"]
        return Contender(name, texts([*command, f"inference-mode={mode}"]), request)

    def anomalib(self, name, request, engine, batch=1):
        command = [*self.padim, "serve", THREADS, self.folder, self.pictures]
        command += [self.width, self.height, PICTURES, engine, batch]
        return Contender(name, texts(command), request, batch)

    def one_by_one(self, precisions):
        yield self.mvga("mvga", "turn", "fp32")
        if "bf16" in precisions:
            yield self.mvga("mvga, bf16", "turn", "bf16")
        yield self.anomalib("anomalib, torch", "turn", "torch")
        for p in precisions:
            yield self.anomalib(f"anomalib, OpenVINO {p}", "turn", f"openvino:{p}:latency")

    def streams(self, precisions):
        """Groups of contenders, of which only the fastest is of interest."""
        yield [self.mvga("mvga, async", "stream", "fp32")]
        if "bf16" in precisions:
            yield [self.mvga("mvga, async, bf16", "stream", "bf16")]
        name = "anomalib, torch"
        yield [self.anomalib(f"{name}, batches of {b}", "stream", "torch", b) for b in BATCHES]
        for p in precisions:
            name = f"anomalib, OpenVINO {p}"
            several = [self.anomalib(f"{name}, async", "stream", f"openvino:{p}:throughput")]
            for b in BATCHES:
                several.append(
                    self.anomalib(f"{name}, batches of {b}", "stream", f"openvino:{p}:latency", b)
                )
            yield several


def texts(command):
    return [str(part) for part in command]


def fastest(group):
    """After two turns of each; the others end."""
    for contender in group:
        contender.start()
    for _ in range(2):
        for contender in group:
            contender.take_turn()
    best = min(group, key=lambda contender: min(contender.all))
    for contender in group:
        if contender is not best:
            contender.end()
    best.all.clear()
    return best


def measure(contenders, rounds):
    for number in range(rounds):
        for i in range(len(contenders)):
            contenders[(i + number) % len(contenders)].take_turn()


def print_fits(fits):
    ours = fits[0].seconds
    rows = []
    for fit in fits:
        size = sum(file.stat().st_size for file in fit.files) / 1e6
        rows.append((fit.name, fit.seconds, f"{fit.peak:.0f}", f"{size:.1f}"))
        if fit.inner:
            rows.append((f"{fit.name}, without imports", fit.inner, "", ""))
    print("| learning | seconds | time: mvga / this | peak, MB | model and weights, MB |")
    print("|---|---|---|---|---|")
    for name, seconds, peak, size in rows:
        print(f"| {name} | {quartiles(seconds)} | {ratio(ours, seconds)} | {peak} | {size} |")


def print_contenders(title, contenders):
    ours = [c for c in contenders if c.name.startswith("mvga")]
    one_by_one = bool(contenders[0].median)
    head = [title, *(["ms, median picture"] if one_by_one else []), "pictures a second"]
    head += [f"time: {c.name} / this" for c in ours] + ["peak, MB"]
    head += ["image AUROC"] if one_by_one else []
    print("| " + " | ".join(head) + " |")
    print("|---" * len(head) + "|")
    for c in contenders:
        row = [c.name, *([quartiles(c.median)] if one_by_one else [])]
        row += [quartiles([1000 / ms for ms in c.all])]
        row += [ratio(o.all, c.all) for o in ours]
        without = f" ({c.peak - c.cuda:.0f} without CUDA's libraries)" if c.cuda > 1 else ""
        row += [f"{c.peak:.0f}{without}"]
        row += [f"{100 * c.auroc:.2f}"] if one_by_one else []
        print("| " + " | ".join(row) + " |")


def libtorch_of(build):
    command = ["ldd", build / "models/torch/libmvga-torch.so"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [word for word in done.stdout.split() if word.startswith("libtorch_cpu.so")]
    return found[0].removeprefix("libtorch_cpu.so").lstrip(".") if found else "unknown"


def compare(rounds, comparison):
    fits = comparison.fits()
    for fit in fits:
        fit.run()  # warms the disk cache, and leaves the models
        fit.seconds.clear()
        fit.inner.clear()
    facts = comparison.export()
    # Where the processor has bfloat16, OpenVINO takes it without being asked.
    precisions = ["f32", "bf16"] if facts["precision"] == "bf16" else ["f32"]
    print(
        f"anomalib {facts['anomalib']}, torch {facts['torch']}, OpenVINO {facts['openvino']} "
        f"(of itself it takes {facts['precision']}); mvga on LibTorch "
        f"{libtorch_of(comparison.build)}; ResNet-18 at {SIDE}x{SIDE} from pictures of "
        f"{comparison.width}x{comparison.height}, {len(pictures_in(comparison.good))} to learn, "
        f"{len(comparison.anomalous)} to test.\n",
        flush=True,
    )
    singles = list(comparison.one_by_one(precisions))
    for contender in singles:
        contender.start()
    for contender in singles:
        contender.auroc = auroc(contender.ask("score"), comparison.anomalous)
    streams = [fastest(group) for group in comparison.streams(precisions)]
    measure(singles + streams, rounds)
    for contender in singles + streams:
        contender.end()
    print_contenders("one by one", singles)
    print()
    print_contenders("as a stream", streams)
    print(flush=True)
    for number in range(max(1, rounds // 3)):
        for fit in fits if number % 2 == 0 else reversed(fits):
            fit.run()
    print_fits(fits)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    rounds, dataset, weights, build = int(sys.argv[1]), *map(Path, sys.argv[2:])
    # The same processors for all, also for threads that a library starts by itself.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
    with tempfile.TemporaryDirectory() as folder:
        compare(rounds, Comparison(dataset, weights, build.resolve(), Path(folder)))


if __name__ == "__main__":
    main()
