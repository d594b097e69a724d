package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for releases, who is away, and who stands in. People are contacts, known by their email, case folded.
 *
 * @param owner role of contacts or email of one, who answers for each release unless its proposal names another; null where
 *     the policy names nobody
 * @param deputies by role or email, the email of the contact who stands in where nobody of the role, or not that person, is
 *     there; at most 50
 * @param away who is not there when, at most 100
 */
public record Staffing(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String owner,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> deputies,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Away> away) {
    public static final int DEPUTIES_MAX = 50;
    public static final int AWAY_MAX = 100;

    /** Of a policy that says nothing of it. */
    public static final Staffing NONE = new Staffing(null, Map.of(), List.of());

    private static final int NAME_CHARACTERS_MAX = 254;

    public Staffing {
        deputies = Collections.unmodifiableMap(new TreeMap<>(deputies));
        away = List.copyOf(away);
        if (owner != null) {
            Texts.requireLength("owner", owner, 1, NAME_CHARACTERS_MAX);
        }
        Ranges.require("deputies: their number", deputies.size(), 0, DEPUTIES_MAX);
        Ranges.require("away: their number", away.size(), 0, AWAY_MAX);
        deputies.forEach((who, deputy) -> {
            Texts.requireLength("deputies: for whom", who, 1, NAME_CHARACTERS_MAX);
            Texts.requireLength("deputies: who", deputy, 1, NAME_CHARACTERS_MAX);
        });
    }

    /**
     * Somebody is not there.
     *
     * @param who email of a contact
     * @param from inclusive
     * @param to exclusive, after {@code from}
     */
    public record Away(String who, Instant from, Instant to) {
        public Away {
            Texts.requireLength("away.who", who, 1, NAME_CHARACTERS_MAX);
            Texts.requirePresent("away.from", from);
            Texts.requirePresent("away.to", to);
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("away.from must be before away.to");
            }
            who = folded(who);
        }
    }

    /** Until when somebody with this address, which is case folded, is away, if they are. */
    public Optional<Instant> awayUntil(String email, Instant at) {
        return away.stream()
                .filter(each -> each.who().equals(email) && !at.isBefore(each.from()) && at.isBefore(each.to()))
                .map(Away::to)
                .max(Instant::compareTo);
    }

    /** Who stands in for a role or for somebody with this address, case folded. */
    public Optional<String> deputyOf(String who) {
        return Optional.ofNullable(deputies.get(who))
                .or(() -> deputies.entrySet().stream()
                        .filter(each -> folded(each.getKey()).equals(who))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .map(Staffing::folded);
    }

    /** An email as people are known by it. */
    public static String folded(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
