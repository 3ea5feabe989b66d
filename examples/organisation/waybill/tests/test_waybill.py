# SPDX-FileCopyrightText: 2023 Meridian Freight
# SPDX-License-Identifier: MIT
from waybill import Waybill


def test_parse():
    assert Waybill.parse('{"number": "7", "containers": ["MSKU1"]}').containers == ("MSKU1",)
