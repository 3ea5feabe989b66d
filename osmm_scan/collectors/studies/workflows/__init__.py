"""What CI does, when, and whether anybody would notice: shared by the collectors that judge it.

`github` and `pipelines` read files, `acts` comes down to actions and commands, `practices` tells by
the recognisers of `rules/recognisers/` what they are for. Nothing here yields evidence.
"""
