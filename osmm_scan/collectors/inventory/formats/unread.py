"""Manifests whose format is not read: that they are there tells that dependencies may be, too."""

from __future__ import annotations

from collections.abc import Iterator

from osmm_scan.collectors.inventory.statements import File, Statement, lockfile, manifest

_NAMES = {
    "bazel": ("MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel"),
    "bower": ("bower.json",),
    "cocoapods": ("Podfile", "*.podspec"),
    "clojars": ("deps.edn", "project.clj"),
    "conda": ("meta.yaml",),
    "cpan": ("Build.PL", "Makefile.PL", "cpanfile"),
    "cran": ("/DESCRIPTION",),
    "deno": ("deno.json", "deno.jsonc"),
    "elm": ("elm.json",),
    "hackage": ("*.cabal", "package.yaml", "stack.yaml"),
    "hex": ("rebar.config",),
    "ivy": ("ivy.xml",),
    "julia": ("/Project.toml",),
    "luarocks": ("*.rockspec",),
    "nim": ("*.nimble",),
    "nix": ("flake.nix",),
    "nuget": ("paket.dependencies",),
    "opam": ("*.opam", "dune-project"),
    "sbt": ("build.sbt", "build.sc"),
    "shards": ("shard.yml",),
    "zig": ("build.zig.zon",),
}


def parse_unread(file: File) -> Iterator[Statement]:
    """Yield that the file could not be read."""
    yield file.computed("a manifest of a kind that is not read")


FORMATS = (
    *(manifest(kind, parse_unread, *names) for kind, names in _NAMES.items()),
    lockfile("conda", parse_unread, "conda-lock.yml", "*.conda-lock.yml"),
)
