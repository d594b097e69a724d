package dev.slipway.notification.conversation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.release.Contacts;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import dev.slipway.notification.conversation.Delivery.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What people are told of a verified version that went bad: that it did, at once; that it is not taken back, where its
 * policy wants that and it cannot be done; and that it is over. Each once for each incident, as its environment and number
 * name it, however often the status comes.
 */
public final class Incidents {
    private static final Set<String> HANDS_ON = Set.of("technical-lead", "devops", "operator");
    private static final String BEGUN = "INCIDENT";
    private static final String NOT_BACK = "INCIDENT_NOT_BACK";
    private static final String OVER = "INCIDENT_OVER";

    private Incidents() {}

    /** One for each channel of each contact; where nobody is named, of each operator, as silence helps nobody. */
    public static List<Warned> of(IncidentStatus status, List<Party> operators) {
        List<Party> named = Party.of(status.contacts());
        List<Party> parties = named.isEmpty() ? operators : named;
        return parties.stream().map(party -> of(status, party, parties)).toList();
    }

    private static Warned of(IncidentStatus status, Party party, List<Party> parties) {
        boolean over = status.over() != null;
        boolean refused = !over && status.goesBack() && status.notBack() != null;
        return new Warned(
                status.release().value(),
                "incident-%s-%d".formatted(status.environment().environment(), status.number()),
                over ? OVER : refused ? NOT_BACK : BEGUN,
                !over,
                over,
                over ? over(status) : refused ? notBack(status, party) : begun(status, party),
                party,
                parties.stream().filter(other -> !other.equals(party)).toList(),
                null,
                null);
    }

    private static Content begun(IncidentStatus status, Party party) {
        Trouble why = status.why();
        List<String> lines = new ArrayList<>();
        lines.add("%s %s.".formatted(name(status), happened(status)));
        lines.add("Why: " + why.text());
        if (!why.lastLines().isEmpty()) {
            lines.add("The last that it wrote:");
            why.lastLines().forEach(line -> lines.add("  | " + line));
        }
        if (why.log() != null) {
            lines.add("All that it wrote: " + why.log());
        }
        lines.add(done(status));
        lines.addAll(asked(status, party));
        return new Content(subject(status, happened(status)), String.join("\n", lines));
    }

    private static String happened(IncidentStatus status) {
        String where = " in " + status.environment().environment();
        return switch (status.kind()) {
            case DIED -> "died" + where;
            case UNREADY -> "is not well" + where;
            case CRASH_LOOP -> "keeps dying" + where;
            case CHANGED -> "was changed behind Slipway's back" + where;
            case UNKNOWN -> "went bad" + where;
        };
    }

    private static String done(IncidentStatus status) {
        String back = status.goesBack()
                ? " The verified version before it is brought back, as its policy says."
                : status.notBack() == null
                        ? ""
                        : " Its policy wants the version before it back, which is not done: %s."
                                .formatted(status.notBack());
        return switch (status.kind()) {
            case DIED, CRASH_LOOP ->
                "Done: it is started again, after longer pauses the more often it ends; you hear once more, when it has been well for a while."
                        + back;
            case UNREADY ->
                "Done: nothing is taken from it, it goes on serving; you hear once more, when it has been well for a while."
                        + back;
            case CHANGED ->
                "Done: nothing is started for it, and nothing goes back; you hear once more, when it is over.";
            case UNKNOWN -> "Done: nothing; you hear once more, when it is over." + back;
        };
    }

    private static List<String> asked(IncidentStatus status, Party party) {
        if (!HANDS_ON.contains(party.role())) {
            return List.of("Asked of you: nothing; technical lead and DevOps look at it.");
        }
        String application = status.environment().application().value();
        List<String> lines = new ArrayList<>();
        boolean changed = status.kind() == IncidentStatus.Kind.CHANGED;
        boolean mayGo =
                status.environment().isProduction() && !changed && (!status.goesBack() || status.notBack() != null);
        lines.add("Asked of you: find out " + (changed ? "whether it was meant" : "why")
                + (mayGo ? "; if it must go: ./slipway app rollback %s --reason WHY".formatted(application) : "")
                + ".");
        if (!status.why().remedy().isEmpty()) {
            lines.add(status.why().remedy());
        }
        String people = Contacts.line(Contacts.of(status.contacts()));
        if (!people.isEmpty()) {
            lines.add("Contacts: " + people);
        }
        lines.add("How it is by now: ./slipway app show " + application);
        return lines;
    }

    private static Content notBack(IncidentStatus status, Party party) {
        List<String> lines = new ArrayList<>();
        lines.add("%s was to make room for the version before it, as its policy says. That is not done: %s"
                .formatted(name(status), status.notBack()));
        lines.add("It serves on. Why it is bad: " + status.why().text());
        lines.addAll(asked(status, party));
        return new Content(
                subject(
                        status,
                        "is not taken back in %s".formatted(status.environment().environment())),
                String.join("\n", lines));
    }

    private static Content over(IncidentStatus status) {
        Duration lasted = Duration.between(status.begun(), status.over() == null ? status.begun() : status.over());
        List<String> lines = new ArrayList<>();
        lines.add("What was wrong with %s in %s is over after %s: %s."
                .formatted(
                        name(status),
                        status.environment().environment(),
                        Texts.words(lasted),
                        status.ending() == null ? "it is well" : status.ending()));
        lines.add("It was: " + status.why().text());
        lines.add("Started again since it was verified: %s."
                .formatted(Texts.counted(status.restarts(), "time", "times")));
        lines.add("Asked of you: nothing.");
        return new Content(
                subject(
                        status,
                        "what was wrong in %s is over"
                                .formatted(status.environment().environment())),
                String.join("\n", lines));
    }

    private static String subject(IncidentStatus status, String what) {
        return "[Slipway] %s: %s".formatted(name(status), what);
    }

    private static String name(IncidentStatus status) {
        EnvironmentId environment = status.environment();
        return environment.application().value() + " " + status.version();
    }
}
