"""The five invented bodies. None of these places exists."""

from __future__ import annotations

BODIES: dict[str, dict[str, str | None]] = {
    "sriphanalai": {
        "name": "จังหวัดศรีพนาลัย",
        "kind": "province",
        "province": "ศรีพนาลัย",
        "district": None,
        "subdistrict": None,
    },
    "rattanasamut": {
        "name": "จังหวัดรัตนสมุทร",
        "kind": "province",
        "province": "รัตนสมุทร",
        "district": None,
        "subdistrict": None,
    },
    "pao-sriphanalai": {
        "name": "องค์การบริหารส่วนจังหวัดศรีพนาลัย",
        "kind": "pao",
        "province": "ศรีพนาลัย",
        "district": None,
        "subdistrict": None,
    },
    "pao-rattanasamut": {
        "name": "องค์การบริหารส่วนจังหวัดรัตนสมุทร",
        "kind": "pao",
        "province": "รัตนสมุทร",
        "district": None,
        "subdistrict": None,
    },
    "wiangphana": {
        "name": "เทศบาลเมืองเวียงพนา",
        "kind": "municipality",
        "province": "ศรีพนาลัย",
        "district": "เวียงพนา",
        "subdistrict": None,
    },
}
