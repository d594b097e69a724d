package dev.slipway.release.saga;

import dev.slipway.contracts.release.DutyView;

/**
 * A person's answer to a duty, for the release's sha, digests and policy.
 *
 * @param duty its id
 */
public record DutyAnswer(String duty, DutyView.Answer said) {
    /** Whether it says something of this cell. */
    boolean isOf(String cell) {
        return said.cells().isEmpty() ? cell.equals(Cells.WHOLE) : said.cells().contains(cell);
    }

    boolean passed() {
        return said.result() == DutyView.Result.PASSED;
    }

    /** Whether it says that there is nothing to do. */
    boolean dismisses() {
        return said.result() == DutyView.Result.NOT_APPLICABLE;
    }

    boolean stops() {
        return said.result() == DutyView.Result.FAILED || said.result() == DutyView.Result.NOT_POSSIBLE;
    }

    private String who() {
        DutyView.Via via = said.via();
        return via == null || via == DutyView.Via.UNKNOWN
                ? said.by()
                : via == DutyView.Via.POLL ? "the poll" : "a callback of " + said.by();
    }

    /** For a person. */
    String text() {
        return "%s says that %s %s: %s"
                .formatted(
                        who(),
                        switch (said.cells().size()) {
                            case 0 -> "it";
                            case 1 -> said.cells().getFirst();
                            default -> "each of " + Cells.words(said.cells());
                        },
                        switch (said.result()) {
                            case PASSED -> "passed";
                            case FAILED -> "failed";
                            case NOT_POSSIBLE -> "is not possible";
                            case NOT_APPLICABLE -> "does not apply";
                            case UNKNOWN -> "came out in a way that is not known here";
                        },
                        said.reason());
    }
}
