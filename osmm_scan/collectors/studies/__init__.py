"""What several collectors ask of a repository: history, paths, prose, workflows and their like.

A study yields no evidence of its own; `observer.once(study)` runs it at most once per repository.
"""
