package dev.slipway.release.api;

import dev.slipway.contracts.release.ReportView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.report.ReleaseReport;
import dev.slipway.release.report.ReportPaper;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is known after a release, in the form that is asked for: JSON to whoever takes anything, Markdown, or a page. */
@RestController
@RequestMapping("/api/v1/releases/{id}/report")
class ReportController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final InstantSource clock;

    ReportController(
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            InstantSource clock) {
        this.releases = releases;
        this.keepings = keepings;
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ReportView report(@PathVariable String id) {
        Dossier found = Known.release(releases, keepings, id);
        return ReleaseReport.of(found, releases.journal(id), clock.instant());
    }

    @GetMapping(produces = {MediaType.TEXT_MARKDOWN_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<String> report(@PathVariable String id, HttpServletRequest request) {
        return WrittenAnswer.of(request, ReportPaper.of(report(id)));
    }
}
