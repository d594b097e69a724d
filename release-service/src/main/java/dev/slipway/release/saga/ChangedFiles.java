package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.PathReview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which files that somebody in particular has to approve a release has otherwise than the last verified one (ADR 68).
 *
 * @param since what it was compared with; null for nothing, of which every file is another: there was no verified release, or its
 *     revision is no longer there
 * @param more whether more has changed than was looked through, so that nobody can say what has not
 * @param matches of the policy's rules those that files fit which have changed, in their order
 */
public record ChangedFiles(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sha since,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean more,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Match> matches) {
    /** How many files of a rule are named; the others are counted. */
    static final int SHOWN_MAX = 20;

    private static final int PATH_CHARACTERS_MAX = 200;

    public ChangedFiles {
        matches = List.copyOf(matches);
    }

    /**
     * Changed files that fit a rule.
     *
     * @param rule its place in the policy, from 0
     * @param files how many, 1 or more
     * @param shown the first of them, at most {@value ChangedFiles#SHOWN_MAX}, each cut at 200 characters
     */
    public record Match(int rule, int files, List<String> shown) {
        public Match {
            shown = List.copyOf(shown);
        }
    }

    /** @param paths of files that have changed, each once; those that fit no rule make no difference */
    public static ChangedFiles of(List<PathReview> rules, List<String> paths, @Nullable Sha since, boolean more) {
        List<Match> matches = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            PathReview review = rules.get(rule);
            List<String> fitting = paths.stream().filter(review::takes).sorted().toList();
            if (!fitting.isEmpty()) {
                matches.add(new Match(
                        rule,
                        fitting.size(),
                        fitting.stream()
                                .limit(SHOWN_MAX)
                                .map(path -> Texts.brief(path, PATH_CHARACTERS_MAX))
                                .toList()));
            }
        }
        return new ChangedFiles(since, more, matches);
    }

    Optional<Match> of(int rule) {
        return matches.stream().filter(match -> match.rule() == rule).findFirst();
    }

    /**
     * What the state of a release says of it, as it is stored; null where it says nothing.
     *
     * @throws tools.jackson.core.JacksonException if it cannot be read
     */
    static @Nullable ChangedFiles stored(JsonNode state) {
        JsonNode changed = state.path("changed");
        return changed.isObject() ? WireJson.mapper().treeToValue(changed, ChangedFiles.class) : null;
    }
}
