package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.NextVersion;
import dev.slipway.release.rehearsal.Rehearsal;
import dev.slipway.release.rehearsal.Rehearsal.Question;
import dev.slipway.release.rehearsal.Rehearsal.Seen;
import dev.slipway.release.rehearsal.Trial;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Work;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A release before its start: what would come of it, whom it would ask, and whether what it needs is there. */
@RestController
class RehearsalController {
    static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    static final int ZONE_CHARACTERS_MAX = 60;

    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApplicationCore core;
    private final History history;
    private final Trial trial;

    RehearsalController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            ApplicationCore core,
            History history,
            Trial trial) {
        this.applications = applications;
        this.releases = releases;
        this.core = core;
        this.history = history;
        this.trial = trial;
    }

    /** @param on a day such as {@code 2026-01-31} in that zone; today where nobody says */
    @GetMapping("/api/v1/applications/{application}/guide/plan")
    RehearsalView plan(
            @PathVariable String application,
            @RequestParam(required = false) @Nullable String version,
            @RequestParam(required = false) @Nullable String branch,
            @RequestParam(required = false) @Nullable String on,
            @RequestParam(required = false) @Nullable String zone) {
        ApplicationName name = new ApplicationName(application);
        Application known = applications.find(name.value()).map(Snapshot::state).orElse(null);
        Application.PolicyInForce policy = Known.policy(known, name, "by which a release would go");
        Instant now = Instant.now();
        ZoneId where = zone(zone);
        Question question = new Question(
                Objects.requireNonNull(known),
                policy,
                NextVersionController.branch(policy.policy().source(), branch),
                version == null || version.isEmpty()
                        ? null
                        : Texts.requireLength("version", version, 1, Proposal.VERSION_CHARACTERS_MAX),
                day(on, where, now),
                where,
                now,
                Known.newest(releases, known).orElse(null));
        return Rehearsal.of(question, seen(question), core);
    }

    private Seen seen(Question question) {
        NextVersion versions =
                new NextVersion(question.application(), question.policy().policy());
        History.Told told = told(versions.question(question.branch()));
        if (!(told instanceof History.Told.Read read)) {
            return new Seen(told, null, null);
        }
        NextVersionView next = versions.of(question.branch(), read);
        String version = Rehearsal.version(question.version(), next).orElse(null);
        return new Seen(told, next, tried(Rehearsal.question(question, read.head(), version)));
    }

    /** A rehearsal says that Git is away, as a release would wait for it. */
    private History.Told told(History.Question question) {
        try {
            return history.read(question);
        } catch (IOException away) {
            return new History.Told.Refused(away(away));
        }
    }

    private ReleaseInput tried(Work.ReadRevision read) {
        try {
            return trial.read(read);
        } catch (IOException away) {
            return new ReleaseInput.RevisionRefused(away(away));
        }
    }

    private static String away(IOException trouble) {
        return Texts.sentence("Git cannot be asked now: " + Texts.oneLine(String.valueOf(trouble.getMessage()), 300));
    }

    private static ZoneId zone(@Nullable String named) {
        if (named == null || named.isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(Texts.requireLength("zone", named, 1, ZONE_CHARACTERS_MAX));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "zone is a name such as Europe/Berlin, or UTC; it is " + Texts.shown(named), unknown);
        }
    }

    private static LocalDate day(@Nullable String named, ZoneId zone, Instant now) {
        if (named == null || named.isEmpty()) {
            return now.atZone(zone).toLocalDate();
        }
        String refused = "on is a day such as 2026-01-31; it is " + Texts.shown(named);
        if (!DAY.matcher(named).matches()) {
            throw new IllegalArgumentException(refused);
        }
        try {
            return LocalDate.parse(named);
        } catch (DateTimeParseException none) {
            throw new IllegalArgumentException(refused, none);
        }
    }
}
