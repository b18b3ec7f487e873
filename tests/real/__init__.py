"""Real servers, real programs."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.examples", f"{__name__}.witness")
