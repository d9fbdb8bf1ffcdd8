"""Rules of the house that no tool knows: each test is one sentence that CONTRIBUTING.md also says."""
