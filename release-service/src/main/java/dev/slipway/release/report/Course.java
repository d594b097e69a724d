package dev.slipway.release.report;

import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReportView.Stretch;
import dev.slipway.messaging.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How long a release was where, by its journal alone. */
final class Course {
    private static final String PART_OF_ARRIVAL = "looking";

    private Course() {}

    /**
     * In order; the end is none of it, and where it has not ended the last one goes on.
     *
     * @param journal oldest first
     * @param now when this is asked
     */
    static List<Stretch> of(List<JournalEntry> journal, Instant now) {
        List<Stretch> stretches = new ArrayList<>();
        @Nullable Place here = null;
        Instant since = now;
        for (JournalEntry entry : journal) {
            JsonNode state = entry.set().path("state");
            if (state.isMissingNode()) {
                continue;
            }
            Place next = Place.of(state, here);
            if (next.equals(here)) {
                continue;
            }
            if (here != null && !here.over()) {
                stretches.add(here.stretch(since, entry.at(), now));
            }
            here = next;
            since = entry.at();
        }
        if (here != null && !here.over()) {
            stretches.add(here.stretch(since, null, now));
        }
        return stretches;
    }

    /** When gates of a stage, or people, were asked whose answer came then: the last time before it. */
    static Optional<Instant> asked(List<Stretch> course, Stage stage, Instant answered) {
        return course.stream()
                .filter(each -> asks(each, stage) && !each.from().isAfter(answered))
                .map(Stretch::from)
                .reduce((_, later) -> later);
    }

    private static boolean asks(Stretch stretch, Stage stage) {
        return switch (stage) {
            case PRE_RELEASE -> stretch.state() == ReleasePhase.VALIDATING;
            case MERGE -> stretch.state() == ReleasePhase.VALIDATING || stretch.state() == ReleasePhase.CANDIDATE;
            case STAGING -> stretch.state() == ReleasePhase.STAGING && "verifying".equals(stretch.part());
            case CANDIDATE -> stretch.state() == ReleasePhase.CANDIDATE;
            case PRODUCTION -> stretch.state() == ReleasePhase.BAKING && "verifying".equals(stretch.part());
            case ARRIVAL -> stretch.state() == ReleasePhase.MERGING && PART_OF_ARRIVAL.equals(stretch.part());
            case UNKNOWN -> false;
        };
    }

    /** A state and what is done in it, as they stand in the journal. */
    private record Place(String type, @Nullable String part) {
        static Place of(JsonNode state, @Nullable Place before) {
            String type = state.path("type").asString(before == null ? "" : before.type());
            return new Place(type, part(type, state));
        }

        private static @Nullable String part(String type, JsonNode state) {
            if (type.equals("MERGING") && state.path("arrival").asInt(0) > 0) {
                return PART_OF_ARRIVAL;
            }
            String field = switch (type) {
                case "CANDIDATE" -> "ahead";
                case "NEEDS_OPERATOR" -> "trouble";
                default -> "part";
            };
            String part = state.path(field).asString("");
            return part.isEmpty() ? null : part.toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The end, and what nobody has proposed. */
        boolean over() {
            return type.equals("ENDED") || type.equals("UNHEARD");
        }

        Stretch stretch(Instant from, @Nullable Instant to, Instant now) {
            Instant end = Objects.requireNonNullElse(to, now);
            return new Stretch(
                    phase(),
                    part,
                    from,
                    to,
                    Math.max(0, Duration.between(from, end).toSeconds()));
        }

        private ReleasePhase phase() {
            try {
                return ReleasePhase.valueOf(type);
            } catch (IllegalArgumentException _) {
                return ReleasePhase.UNKNOWN;
            }
        }
    }
}
