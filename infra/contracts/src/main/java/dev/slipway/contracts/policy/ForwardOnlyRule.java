package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.List;

/**
 * What is done instead of going back from a release that cannot be undone: production is held where it is, no traffic is moved
 * back, and people of these roles are asked whether it goes on, is fixed by a newer version, or is taken back all the same.
 *
 * @param ask roles of contacts who are asked, 1 to 20, each once; each has a contact with an email
 * @param declaredBy who may say of a release that it is one: roles of contacts, or identities as a token says them (an email, or
 *     its subject), at most 20, each once; empty for whoever may propose one
 */
public record ForwardOnlyRule(
        List<String> ask,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> declaredBy) {
    private static final int NAMES_MAX = 20;

    public ForwardOnlyRule {
        Texts.requirePresent("forwardOnly.ask", ask);
        ask = List.copyOf(ask);
        declaredBy = List.copyOf(declaredBy);
        Ranges.require("forwardOnly.ask: number of roles", ask.size(), 1, NAMES_MAX);
        Ranges.require("forwardOnly.declaredBy: their number", declaredBy.size(), 0, NAMES_MAX);
        Policy.requireOnce("forwardOnly.ask: each role", ask);
        Policy.requireOnce("forwardOnly.declaredBy: each name", declaredBy);
    }

    /**
     * Whether whoever proposes may say that a release is one.
     *
     * @param policy that this is a part of
     * @param identity verified, case folded
     */
    public boolean mayBeDeclaredBy(Policy policy, String identity) {
        return declaredBy.isEmpty()
                || declaredBy.stream().map(Staffing::folded).anyMatch(identity::equals)
                || policy.rolesOf(identity).stream().anyMatch(declaredBy::contains);
    }
}
