#!/bin/sh
# The two programs that Python packages cannot bring: poppler (text of PDFs) and
# tesseract with Thai (scans). Installed where that is allowed, named where it is not;
# phaen goes on without them either way and says what it could not read.
set -u
packages=""
command -v pdftotext >/dev/null 2>&1 || packages="poppler-utils"
if ! command -v tesseract >/dev/null 2>&1 || ! tesseract --list-langs 2>/dev/null | grep -qx tha; then
    packages="$packages tesseract-ocr tesseract-ocr-tha"
fi
[ -z "$packages" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "ติดตั้งโปรแกรมที่ขาด / installing: $packages" >&2
    apt-get update -qq >/dev/null 2>&1
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages >/dev/null 2>&1 && exit 0
    echo "ติดตั้งไม่สำเร็จ / could not install them" >&2
fi
cat >&2 <<MESSAGE
ยังขาดโปรแกรม: $packages
  Debian, Ubuntu: sudo apt install $packages
  Fedora:         sudo dnf install poppler-utils tesseract tesseract-langpack-tha
  macOS:          brew install poppler tesseract tesseract-lang
ใช้งานต่อได้ แต่ PDF บางฉบับจะอ่านได้ไม่ดี และเอกสารสแกนจะยังอ่านไม่ได้ (phaen doctor บอกรายละเอียด)
phaen works without them, but reads some PDFs worse and no scans; phaen doctor tells more.
MESSAGE
exit 0
