package dev.slipway.release.api;

import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.runbook.Runbook;
import dev.slipway.release.runbook.RunbookPaper;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleasePlan;
import dev.slipway.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What comes of a release, step by step; and as a runbook: JSON to whoever takes anything, Markdown, or a page. */
@RestController
@RequestMapping("/api/v1/releases/{id}")
class PlanController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;

    PlanController(Aggregates<Dossier, ReleaseInput> releases, Aggregates<Keeping, KeepingInput> keepings) {
        this.releases = releases;
        this.keepings = keepings;
    }

    @GetMapping("/plan")
    PlanView plan(@PathVariable String id) {
        return ReleasePlan.of(Known.release(releases, keepings, id), Instant.now());
    }

    @GetMapping(path = "/runbook", produces = MediaType.APPLICATION_JSON_VALUE)
    RunbookView runbook(@PathVariable String id, @RequestParam(defaultValue = "false") boolean pinned) {
        Dossier d = Known.release(releases, keepings, id);
        return pinned
                ? Runbook.asPinned(d, Instant.now())
                        .orElseThrow(
                                () -> Problems.refused(
                                        HttpStatus.NOT_FOUND,
                                        "no-pinned-runbook",
                                        "No runbook is pinned in the record of this release: it was refused, or is from before one was. Ask without pinned for it as it reads now."))
                : Runbook.of(d, Instant.now());
    }

    @GetMapping(
            path = "/runbook",
            produces = {MediaType.TEXT_MARKDOWN_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<String> runbook(
            @PathVariable String id, @RequestParam(defaultValue = "false") boolean pinned, HttpServletRequest request) {
        return WrittenAnswer.of(request, RunbookPaper.of(runbook(id, pinned)));
    }
}
