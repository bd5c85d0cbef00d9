"""Whether long letters take time in proportion: per kB from one page to a book, and the import."""

import subprocess
import sys
import time

from thamthan.reading import read

PARAGRAPH = (
    "        อำเภอบ้านลาดขอให้ท่านสำรวจผู้สูงอายุในพื้นที่ รวมถึงจัดทำแผนงานเพื่อเสนอขอรับงบประมาณ "
    "และรายงานผลให้อำเภอทราบ\nภายในวันที่ ๑๖ มีนาคม ๒๕๖๙ ตามหนังสือที่ พบ ๐๖๑๘/๗๐๑ "
    "ลงวันที่ ๒ มีนาคม ๒๕๖๙ ทั้งนี้ ให้ดำเนินการ ดังนี้\n        ๑. สำรวจทุกหมู่บ้าน\n        ๒. บันทึกผลในแบบ\n\n"
)
HEAD = """ที่ พบ ๐๖๑๘/๗๐๑                         ที่ว่าการอำเภอบ้านลาด
                                        ถนนบ้านลาด พบ ๗๖๑๕๐
                    ๒ มีนาคม ๒๕๖๙
เรื่อง  การสำรวจผู้สูงอายุ
เรียน  นายกองค์การบริหารส่วนตำบล ทุกแห่ง

"""
FOOT = """        จึงเรียนมาเพื่อพิจารณาดำเนินการ
                    ขอแสดงความนับถือ
                    (นายสมมุติ ตัวอย่างดี)
                    นายอำเภอบ้านลาด
ที่ทำการปกครองอำเภอ
โทร. ๐ ๓๒๐๐ ๐๐๐๐
"""
KB = 1024
SIZES = (1, 4, 16, 64, 256, 1024, 4096)


def letter(kilobytes: int) -> str:
    room = kilobytes * KB - len((HEAD + FOOT).encode())
    return HEAD + PARAGRAPH * max(room // len(PARAGRAPH.encode()), 1) + FOOT


def best_of(text: str, *, times: int) -> float:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        read(text)
        took.append(time.perf_counter() - begun)
    return min(took)


def import_time() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    bare = time.perf_counter() - begun
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import thamthan.reading"], check=True)
    return time.perf_counter() - begun - bare


def main() -> None:
    read(letter(1))
    rates = []
    for size in SIZES:
        text = letter(size)
        real = len(text.encode()) / KB
        took = best_of(text, times=5 if size < 64 else 1)
        rates.append(took / real)
        print(f"{real:8.1f} kB  {took * 1000:9.2f} ms  {took / real * 1000:6.3f} ms/kB")
    print(f"largest over smallest, per kB: {rates[-1] / rates[0]:.2f}")
    print(f"import: {import_time():.3f} s")


if __name__ == "__main__":
    main()
