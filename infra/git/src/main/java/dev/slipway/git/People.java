package dev.slipway.git;

import java.util.List;

/**
 * Who made a change, so that none of them approves it.
 *
 * @param addresses of authors, co-authors and committers, as written and as {@code .mailmap} has them, with all that it
 *     calls the same person; trimmed, case folded, sorted, each once
 * @param unmatched names or addresses that nobody logs in by (no-reply addresses, lines without one), for the eyes of
 *     whoever approves; sorted, each once
 */
public record People(List<String> addresses, List<String> unmatched) {
    public People {
        addresses = List.copyOf(addresses);
        unmatched = List.copyOf(unmatched);
    }
}
