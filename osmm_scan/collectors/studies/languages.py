"""Programming languages by file name, named as GitHub's Linguist names them.

Prose, data and markup are left out on purpose. Where several languages share an ending, the one
that is most common in public repositories is given.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENDINGS = {
    "Ada": ".adb .ads",
    "Apex": ".cls .trigger",
    "Assembly": ".asm .nasm .s",
    "Awk": ".awk",
    "Batchfile": ".bat .cmd",
    "Bicep": ".bicep",
    "C": ".c .h",
    "C#": ".cs .csx",
    "C++": ".c++ .cc .cpp .cxx .h++ .hh .hpp .hxx .inl .ipp .ixx .tpp",
    "CMake": ".cmake",
    "COBOL": ".cbl .cob .cpy",
    "Clojure": ".clj .cljc .cljs",
    "CoffeeScript": ".coffee",
    "Common Lisp": ".lisp .lsp",
    "Crystal": ".cr",
    "Cuda": ".cu .cuh",
    "D": ".d",
    "Dart": ".dart",
    "Dockerfile": ".dockerfile",
    "Elixir": ".ex .exs",
    "Elm": ".elm",
    "Emacs Lisp": ".el",
    "Erlang": ".erl .hrl",
    "F#": ".fs .fsi .fsx",
    "Fortran": ".f .f03 .f08 .f77 .f90 .f95 .for",
    "GDScript": ".gd",
    "GLSL": ".frag .glsl .vert",
    "Gleam": ".gleam",
    "Go": ".go",
    "Groovy": ".groovy",
    "HCL": ".hcl .tf",
    "Haskell": ".hs",
    "Haxe": ".hx",
    "Java": ".java",
    "JavaScript": ".cjs .es6 .js .jsx .mjs",
    "Julia": ".jl",
    # Linguist counts notebooks as markup; they are programs with dependencies all the same.
    "Jupyter Notebook": ".ipynb",
    "Kotlin": ".kt .kts",
    "Lua": ".lua .luau",
    "MATLAB": ".matlab",
    "Makefile": ".mak .mk",
    "Nim": ".nim",
    "Nix": ".nix",
    "OCaml": ".ml .mli",
    "Objective-C": ".m",
    "Objective-C++": ".mm",
    "Open Policy Agent": ".rego",
    "PHP": ".php .phtml",
    "PLSQL": ".pkb .pks .plsql",
    "Pascal": ".dpr .lpr .pas .pp",
    "Perl": ".pl .pm",
    "PowerShell": ".ps1 .psd1 .psm1",
    "Prolog": ".pro .prolog",
    "PureScript": ".purs",
    "Python": ".py .pyi .pyw .pyx",
    "R": ".r",
    "Racket": ".rkt",
    "Raku": ".raku .rakumod",
    "ReScript": ".res",
    "Ruby": ".gemspec .rake .rb .ru",
    "Rust": ".rs",
    "SAS": ".sas",
    "Scala": ".sbt .sc .scala",
    "Scheme": ".scm .ss",
    "Shell": ".bash .bats .fish .ksh .sh .zsh",
    "Smalltalk": ".st",
    "Solidity": ".sol",
    "Starlark": ".bzl .star",
    "Stata": ".ado .do",
    "Swift": ".swift",
    "SystemVerilog": ".sv .svh",
    "TSQL": ".tsql",
    "Tcl": ".tcl",
    "Thrift": ".thrift",
    "TypeScript": ".cts .mts .ts .tsx",
    "VBA": ".bas .vba",
    "VHDL": ".vhd .vhdl",
    "Verilog": ".v",
    "Vim Script": ".vim",
    "Visual Basic .NET": ".vb",
    "WebAssembly": ".wast .wat",
    "Zig": ".zig",
}
_NAMES = {
    "CMake": "CMakeLists.txt",
    "Dockerfile": "Containerfile Dockerfile",
    "Groovy": "Jenkinsfile",
    "Makefile": "BSDmakefile GNUmakefile Makefile Makefile.am Makefile.in makefile",
    "Ruby": "Fastfile Gemfile Guardfile Podfile Rakefile Vagrantfile",
    "Starlark": "BUCK BUILD BUILD.bazel MODULE.bazel Tiltfile WORKSPACE WORKSPACE.bazel",
}


def _turned(table: Mapping[str, str]) -> Mapping[str, str]:
    return {key: language for language, keys in table.items() for key in keys.split()}


BY_EXTENSION = _turned(_ENDINGS)
BY_NAME = _turned(_NAMES)
