package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import dev.slipway.validation.verdicts.Verification;
import dev.slipway.web.Problems;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows an application's evidence chain and, if asked to, goes over it again. */
@RestController
class VerdictController {
    private final Aggregates<ChainState, VerdictDraft> chains;
    private final Verification verification;
    private final EvidenceBytes bytes;
    private final int shownMax;

    VerdictController(
            Aggregates<ChainState, VerdictDraft> chains,
            Verification verification,
            EvidenceBytes bytes,
            ValidationSettings settings) {
        this.chains = chains;
        this.verification = verification;
        this.bytes = bytes;
        this.shownMax = settings.assessment().verdictsShownMax();
    }

    /**
     * A chain's newest records, oldest of them first.
     *
     * @param faults what does not agree, over the whole chain; null if nobody asked; of a release, with its rules alone
     *     applied again
     * @param readOtherwise of which of them an older version of the readers read something that is read otherwise now, and how: no
     *     fault
     * @param gone reports that these records rest on and that went by retention: rules over them are not applied again
     */
    record Verdicts(
            long length,
            List<VerdictRecord> records,
            @Nullable List<String> faults,
            List<String> readOtherwise,
            List<GoneReport> gone) {}

    /**
     * A report that a verdict rests on.
     *
     * @param bytes as they came, base64
     */
    record Report(Digest digest, byte[] bytes) {}

    @GetMapping("/api/v1/applications/{application}/evidence/{digest}")
    Report report(@PathVariable String application, @PathVariable String digest) {
        Digest wanted = new Digest(digest);
        String id = new ApplicationName(application).value();
        bytes.goneOf(wanted).ifPresent(gone -> {
            throw Problems.refused(HttpStatus.GONE, "report-gone", "The " + gone.text() + ".");
        });
        return records(id).stream()
                .filter(record -> record.verdict().restsOn().contains(wanted))
                .findAny()
                .flatMap(_ -> bytes.find(wanted))
                .map(found -> new Report(wanted, found))
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.NOT_FOUND,
                        "no-report",
                        "No verdict of the application %s rests on this report, or it is not kept any more."
                                .formatted(id)));
    }

    @GetMapping("/api/v1/applications/{application}/verdicts")
    Verdicts verdicts(
            @PathVariable String application,
            @RequestParam(defaultValue = "false") boolean verify,
            @RequestParam(required = false) @Nullable String release) {
        String id = new ApplicationName(application).value();
        if (chains.find(id).isEmpty()) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND, "no-verdicts", "There is no verdict for the application " + id + " so far.");
        }
        List<VerdictRecord> all = records(id);
        Predicate<VerdictRecord> asked = record -> release == null || record.isOf(release);
        List<VerdictRecord> wanted = all.stream().filter(asked).toList();
        List<VerdictRecord> shown = wanted.subList(Math.max(0, wanted.size() - shownMax), wanted.size());
        Verification.@Nullable Found found = verify ? verification.check(all, asked) : null;
        return new Verdicts(
                all.size(),
                shown,
                found == null ? null : found.faults(),
                found == null ? List.of() : found.otherwise(),
                verification.gone(shown));
    }

    private List<VerdictRecord> records(String application) {
        return ChainState.records(chains.journal(application));
    }
}
