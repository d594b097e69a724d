package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What statuses mean under a path. A status stands for itself ({@code 404}) or for its class ({@code 4xx}); itself counts
 * before its class, and one that the rule does not name keeps its usual meaning.
 *
 * @param path a path without query, or the beginning of one when it ends in {@code *}; 1 to 200 characters
 * @param errors statuses that are errors, at most {@value #STATUSES_MAX} in all three lists, each once
 * @param refusals statuses that are refusals
 * @param neither statuses that are neither
 */
public record StatusRule(
        String path,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> errors,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> refusals,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> neither) {
    public static final int RULES_MAX = 20;
    static final int STATUSES_MAX = 60;
    private static final Pattern STATUS = Pattern.compile("[1-5](\\d\\d|xx)");
    private static final int ERROR_FROM = 500;
    private static final int REFUSAL_FROM = 400;

    public StatusRule {
        PathPatterns.require("statuses.path", path);
        errors = List.copyOf(errors);
        refusals = List.copyOf(refusals);
        neither = List.copyOf(neither);
        List<String> named = new ArrayList<>(errors);
        named.addAll(refusals);
        named.addAll(neither);
        Ranges.require("statuses: number of statuses of a rule", named.size(), 1, STATUSES_MAX);
        Set<String> once = new HashSet<>();
        for (String status : named) {
            if (!STATUS.matcher(status).matches()) {
                throw new IllegalArgumentException(
                        "A status is a number such as 404 or a class such as 4xx, is " + Texts.shown(status));
            }
            if (!once.add(status)) {
                throw new IllegalArgumentException("A rule for " + path + " may name " + status + " once");
            }
        }
    }

    /** What an answer counts as. */
    public enum Meaning {
        ERROR,
        REFUSAL,
        NEITHER
    }

    /** What a status means without any rule: from 500 on an error, from 400 on a refusal. */
    public static Meaning usual(int status) {
        if (status >= ERROR_FROM) {
            return Meaning.ERROR;
        }
        return status >= REFUSAL_FROM ? Meaning.REFUSAL : Meaning.NEITHER;
    }

    /**
     * What a status means for a request: the first rule that fits the path decides.
     *
     * @param path of the request, without query
     */
    public static Meaning of(List<StatusRule> rules, String path, int status) {
        for (StatusRule rule : rules) {
            if (rule.fits(path)) {
                return rule.meaning(status);
            }
        }
        return usual(status);
    }

    boolean fits(String requested) {
        return PathPatterns.fits(path, requested);
    }

    private Meaning meaning(int status) {
        for (String name : List.of(Integer.toString(status), status / 100 + "xx")) {
            if (errors.contains(name)) {
                return Meaning.ERROR;
            }
            if (refusals.contains(name)) {
                return Meaning.REFUSAL;
            }
            if (neither.contains(name)) {
                return Meaning.NEITHER;
            }
        }
        return usual(status);
    }
}
