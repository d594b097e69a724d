package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import dev.slipway.validation.verdicts.Verification;
import dev.slipway.web.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows an application's evidence chain and, if asked to, goes over it again. */
@RestController
class VerdictController {
    private final Aggregates<ChainState, VerdictDraft> chains;
    private final Verification verification;
    private final JsonMapper json;
    private final int shownMax;

    VerdictController(
            Aggregates<ChainState, VerdictDraft> chains, Verification verification, ValidationSettings settings) {
        this.chains = chains;
        this.verification = verification;
        this.json = MessagingJson.mapper();
        this.shownMax = settings.assessment().verdictsShownMax();
    }

    /**
     * A chain's newest records, oldest of them first.
     *
     * @param faults what does not agree, over the whole chain; null if nobody asked
     */
    record Verdicts(
            long length,
            List<VerdictRecord> records,
            @Nullable List<String> faults) {}

    @GetMapping("/api/v1/applications/{application}/verdicts")
    Verdicts verdicts(@PathVariable String application, @RequestParam(defaultValue = "false") boolean verify) {
        String id = new ApplicationName(application).value();
        if (chains.find(id).isEmpty()) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND, "no-verdicts", "There is no verdict for the application " + id + " so far.");
        }
        List<VerdictRecord> all = chains.journal(id).stream()
                .map(JournalEntry::set)
                .map(changed -> changed.path("last"))
                .filter(JsonNode::isObject)
                .map(last -> json.treeToValue(last, VerdictRecord.class))
                .toList();
        List<VerdictRecord> shown = all.subList(Math.max(0, all.size() - shownMax), all.size());
        return new Verdicts(all.size(), shown, verify ? verification.faults(all) : null);
    }
}
