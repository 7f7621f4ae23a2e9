"""A run: the same text every time, and no file touched without need."""

import unittest

from .support import generated, run_apart, scratch, texts


class Runs(unittest.TestCase):
    def test_two_runs_are_identical(self):
        """In processes with different hash seeds, into different folders."""
        made = []
        for seed in ("1", "2"):
            out = scratch(self)
            run = run_apart("--out", out, env={"PYTHONHASHSEED": seed, "LC_ALL": "C"})
            self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))
            made.append(texts(out))
        self.assertEqual(made[0], made[1])
        self.assertEqual(made[0], texts(generated()))
        self.assertGreater(len(made[0]), 10)

    def test_second_run_touches_nothing(self):
        out = scratch(self)
        run_apart("--out", out)
        before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
        run_apart("--out", out)
        self.assertEqual({path: path.stat().st_mtime_ns for path in out.rglob("*")}, before)

    def test_only_the_stale_file_is_written(self):
        out = scratch(self)
        run_apart("--out", out)
        good = (out / "reflect.c").read_bytes()
        (out / "reflect.c").write_bytes(good + b"\n")
        before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
        run_apart("--out", out)
        changed = [path.name for path, time in before.items() if path.stat().st_mtime_ns != time]
        self.assertEqual(changed, ["reflect.c"])
        self.assertEqual((out / "reflect.c").read_bytes(), good)

    def test_check(self):
        out = scratch(self)
        run_apart("--out", out)
        self.assertEqual(self.check(out), (0, ""))
        (out / "docs/negoex.md").unlink()
        (out / "token_codec.c").write_bytes(b"")
        stale = [f"{out}/{name}: stale: run make gen\n"
                 for name in ("docs/negoex.md", "token_codec.c")]
        self.assertEqual(self.check(out), (1, "".join(stale)))
        self.assertFalse((out / "docs/negoex.md").exists(), "--check has written")
        self.assertEqual((out / "token_codec.c").read_bytes(), b"")

    def test_check_of_nothing_writes_nothing(self):
        out = scratch(self) / "none"
        status, said = self.check(out)
        self.assertEqual((status, said.count("stale")), (1, len(texts(generated()))))
        self.assertFalse(out.exists())

    def check(self, out):
        run = run_apart("--out", out, "--check")
        return run.returncode, run.stderr


if __name__ == "__main__":
    unittest.main()
