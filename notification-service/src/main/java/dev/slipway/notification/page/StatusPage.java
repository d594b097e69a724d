package dev.slipway.notification.page;

import dev.slipway.contracts.policy.PageAddress;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.page.PageCalls.Answer;
import dev.slipway.notification.page.PageSender.Put;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An incident of a status page that is resolved as soon as it is there: what happened, for those who subscribe to it. Source: the
 * REST API of Atlassian Statuspage, https://developer.statuspage.io/#operation/postPagesPageIdIncidents.
 */
final class StatusPage {
    private static final String LATEST = "?limit=100";
    private static final String OURS = "slipway";
    private static final String DELIVERY = "delivery";

    private final PageCalls calls;

    StatusPage(PageCalls calls) {
        this.calls = calls;
    }

    /** @param perhapsThere whether an earlier attempt may have been accepted: look first */
    Put put(PageAddress page, Sending sending, boolean perhapsThere) throws Exception {
        if (perhapsThere) {
            Answer known = calls.read(page, page.uri() + LATEST);
            if (known instanceof Answer.Failed failed) {
                return new Put.Not(new Answer.Failed(failed.error(), failed.trouble(), true, failed.after()));
            }
            Optional<Put> there = known instanceof Answer.Done(JsonNode body) ? among(body, sending) : Optional.empty();
            if (there.isPresent()) {
                return there.get();
            }
        }
        return switch (calls.write(page, "POST", page.uri().toString(), incident(sending))) {
            case Answer.Done(JsonNode body) -> there(body);
            case Answer.Nowhere _ ->
                new Put.Not(new Answer.Failed(
                        "there is no such page, or the token may not see it", Trouble.HOST, false, null));
            case Answer.Failed failed -> new Put.Not(failed);
        };
    }

    private static Optional<Put> among(JsonNode incidents, Sending sending) {
        return incidents
                .valueStream()
                .filter(each -> each.path("metadata")
                        .path(OURS)
                        .path(DELIVERY)
                        .asString("")
                        .equals(sending.id()))
                .findFirst()
                .map(StatusPage::there);
    }

    private static Put there(JsonNode incident) {
        String link = incident.path("shortlink").asString("");
        return new Put.There(link.isEmpty() ? incident.path("id").asString("accepted") : link);
    }

    private ObjectNode incident(Sending sending) {
        ObjectNode body = calls.json().createObjectNode();
        ObjectNode incident = body.putObject("incident");
        incident.put("name", sending.content().subject());
        incident.put("status", "resolved");
        incident.put("body", sending.content().text());
        incident.putObject("metadata")
                .putObject(OURS)
                .put(DELIVERY, sending.id())
                .put("release", sending.release());
        return body;
    }
}
