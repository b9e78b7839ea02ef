#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Writes pictures of many sorts, and of each beside it what is in it: NAME.rgb holds the width and
the height as text, a line each, then RGB as Pillow decodes the file. What Pillow does not write is
put together here.

usage: pillow_pictures.py FOLDER   (exit code 77: there is no Pillow)
"""
import random
import struct
import sys
import zlib

try:
    from PIL import Image, features
except ImportError:
    sys.exit(77)

folder = sys.argv[1]
SIZE = (37, 29)  # odd, and no multiple of a JPEG's blocks


def colours(bits=8):
    """RGB with smooth parts, edges and noise."""
    random.seed(1)
    top = (1 << bits) - 1
    for y in range(SIZE[1]):
        for x in range(SIZE[0]):
            noise = random.randrange(top // 16)
            edge = top // 2 if (x // 9 + y // 7) % 2 else 0
            yield (min(top, x * top // 50 + noise), min(top, edge + noise), y * top // SIZE[1])


def picture():
    image = Image.new('RGB', SIZE)
    image.putdata(list(colours()))
    return image


def keep(name, wanted):
    with open(f'{folder}/{name}.rgb', 'wb') as file:
        file.write(b'%d\n%d\n' % wanted.size + wanted.convert('RGB').tobytes())


def save(image, name, **options):
    path = f'{folder}/{name}'
    image.save(path, **options)
    keep(name, Image.open(path))


def write(name, contents, wanted):
    with open(f'{folder}/{name}', 'wb') as file:
        file.write(contents)
    keep(name, wanted)


def png(name, size, bits, colour, passes, wanted):
    """`passes`: the rows of each pass, packed."""
    def chunk(kind, data):
        return (struct.pack('>I', len(data)) + kind + data +
                struct.pack('>I', zlib.crc32(kind + data)))
    data = b''.join(b'\0' + row for rows in passes for row in rows)
    header = struct.pack('>IIBBBBB', *size, bits, colour, 0, 0, 1 if len(passes) > 1 else 0)
    write(name, b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) +
          chunk(b'IDAT', zlib.compress(data)) + chunk(b'IEND', b''), wanted)


def interlaced(image):
    """Adam7: of each pass, the rows that are not empty."""
    for left, top, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4),
                              (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        yield [b''.join(bytes(image.getpixel((x, y))) for x in range(left, image.width, dx))
               for y in range(top, image.height, dy)]


def bmp(name, bits, compression, data, palette, wanted, height=None, masks=b''):
    start = 14 + 40 + len(masks) + len(palette)
    header = struct.pack('<IiiHHIIiiII', 40, wanted.width, height or wanted.height, 1, bits,
                         compression, len(data), 0, 0, len(palette) // 4, 0)
    write(name, b'BM' + struct.pack('<IHHI', start + len(data), 0, 0, start) + header + masks +
          palette + data, wanted)


def runs(indices, size):
    """RLE8: a run, then what is not worth one as it is, in each row; from below."""
    data = b''
    for y in reversed(range(size[1])):
        row = bytes(indices[y * size[0]:(y + 1) * size[0]])
        data += bytes((5, row[0]))
        rest = row[5:]
        data += bytes((0, len(rest))) + rest + b'\0' * (len(rest) % 2) + b'\0\0'
    return data + b'\0\1'


def write_pngs(rgb):
    save(rgb, 'rgb.png')
    save(rgb.convert('L'), 'grey.png')
    save(rgb.convert('1'), 'bilevel.png')
    save(rgb.quantize(200), 'palette.png')
    save(rgb.quantize(13), 'palette_4_bits.png', bits=4)
    clear = rgb.quantize(16)
    save(clear, 'palette_transparent.png', transparency=3)
    save(rgb, 'rgb_one_colour_transparent.png', transparency=rgb.getpixel((0, 0)))
    alpha = rgb.copy()
    alpha.putalpha(rgb.convert('L'))
    save(alpha, 'rgba.png')
    save(alpha.convert('LA'), 'grey_alpha.png')
    png('interlaced.png', SIZE, 8, 2, list(interlaced(rgb)), rgb)
    deep = list(colours(16))
    upper = Image.new('RGB', SIZE)
    upper.putdata([tuple(c >> 8 for c in pixel) for pixel in deep])
    png('rgb_16.png', SIZE, 16, 2,
        [[b''.join(struct.pack('>HHH', *p) for p in deep[y * SIZE[0]:(y + 1) * SIZE[0]])
          for y in range(SIZE[1])]], upper)
    grey = Image.new('L', SIZE)
    grey.putdata([p[0] >> 8 for p in deep])
    png('grey_16.png', SIZE, 16, 0,
        [[b''.join(struct.pack('>H', p[0]) for p in deep[y * SIZE[0]:(y + 1) * SIZE[0]])
          for y in range(SIZE[1])]], grey)


def write_jpegs(rgb):
    for sampling in (0, 1, 2):
        save(rgb, f'sampling_{sampling}.jpg', quality=85, subsampling=sampling)
    save(rgb, 'coarse.jpg', quality=30)
    save(rgb, 'progressive.jpg', quality=85, progressive=True)
    save(rgb.convert('L'), 'grey.jpg', quality=85)
    save(rgb.convert('CMYK'), 'cmyk.jpg', quality=85)
    exif = Image.Exif()
    exif[0x112] = 6
    save(rgb, 'turned.jpg', exif=exif)
    save(rgb, 'two_pictures.jpg', format='MPO', save_all=True,
         append_images=[rgb.resize((8, 8))])


def write_bmps(rgb):
    for name, image in (('rgb', rgb), ('grey', rgb.convert('L')), ('bilevel', rgb.convert('1')),
                        ('palette', rgb.quantize(200)), ('rgba', rgb.convert('RGBA'))):
        save(image, name + '.bmp')
    few = rgb.quantize(200)
    few.putdata([i if x % SIZE[0] >= 5 else 7 for x, i in enumerate(few.getdata())])
    palette = few.getpalette()
    table = b''.join(bytes((*palette[3 * i:3 * i + 3][::-1], 0)) for i in range(200))
    bmp('runs.bmp', 8, 1, runs(list(few.getdata()), SIZE), table, few)
    rows = [b''.join(bytes(rgb.getpixel((x, y))[::-1]) for x in range(SIZE[0])) + b'\0'
            for y in range(SIZE[1])]
    bmp('from_the_top.bmp', 24, 0, b''.join(rows), b'', rgb, height=-SIZE[1])


def write_tiffs(rgb):
    for compression in ('raw', 'tiff_lzw', 'tiff_adobe_deflate', 'packbits', 'jpeg'):
        save(rgb, f'{compression}.tif', compression=compression)
    for compression in ('group3', 'group4'):
        save(rgb.convert('1'), f'{compression}.tif', compression=compression)
    save(rgb.convert('L'), 'grey.tif')
    save(rgb.convert('RGBA'), 'rgba.tif')
    save(rgb.convert('LA'), 'grey_alpha.tif')
    save(rgb.quantize(200), 'palette.tif')
    save(rgb.convert('CMYK'), 'cmyk.tif')


def write_webps(rgb):
    if not features.check('webp'):
        return
    save(rgb, 'lossy.webp', quality=80)
    save(rgb, 'lossless.webp', lossless=True)
    alpha = rgb.copy()
    alpha.putalpha(200)
    save(alpha, 'transparent.webp', lossless=True, exact=True)


def write_netpbms(rgb):
    save(rgb, 'rgb.ppm')
    save(rgb.convert('L'), 'grey.pgm')
    save(rgb.convert('1'), 'bilevel.pbm')


for write_all in (write_pngs, write_jpegs, write_bmps, write_tiffs, write_webps, write_netpbms):
    write_all(picture())
