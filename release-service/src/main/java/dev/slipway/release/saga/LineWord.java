package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideView.Dismissal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person's word on whether a line of the guide applies to a release. Words are added and none is taken away: the last that says
 * that it applies takes back those before it.
 *
 * @param line its id
 * @param by address of who says so, case folded
 * @param operator whether as an operator, else as a contact of the policy
 * @param applies false where there is nothing to do of it in this release
 * @param reason in their own words
 */
public record LineWord(
        String line,
        String by,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean operator,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean applies,

        Instant at,
        String reason) {
    /** Most of them that a release keeps. */
    static final int MAX = 500;

    /** How many people it takes: what a gate answers is no one person's to say. */
    static int people(GuideLine line) {
        return line.answer().by() == By.GATE ? 2 : 1;
    }

    /** Words that a line does not apply which nobody has taken back, oldest first, one a person. */
    static List<LineWord> standing(Policy policy, List<LineWord> words, String line) {
        List<LineWord> standing = new ArrayList<>();
        for (LineWord word : words) {
            if (!word.line().equals(line)) {
                continue;
            }
            if (word.applies()) {
                standing.clear();
            } else if (standing.stream()
                    .noneMatch(before ->
                            policy.approvals().addressesOf(before.by()).contains(word.by()))) {
                standing.add(word);
            }
        }
        return standing;
    }

    /** That it does not apply by what people say, if any do. */
    static Optional<Dismissal> dismissal(Policy policy, List<LineWord> words, GuideLine line) {
        List<LineWord> standing = standing(policy, words, line.id());
        if (standing.isEmpty()) {
            return Optional.empty();
        }
        LineWord first = standing.getFirst();
        LineWord second = standing.size() < 2 ? null : standing.get(1);
        return Optional.of(new Dismissal(
                first.by(),
                first.at(),
                first.reason(),
                second == null ? null : second.by(),
                second == null ? null : second.at(),
                standing.size() >= people(line)));
    }
}
