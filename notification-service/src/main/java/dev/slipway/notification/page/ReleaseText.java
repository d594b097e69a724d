package dev.slipway.notification.page;

import dev.slipway.contracts.policy.PageAddress;
import dev.slipway.contracts.policy.PageAddress.AtTag;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.page.PageCalls.Answer;
import dev.slipway.notification.page.PageSender.Put;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of a release at its tag, at GitHub or GitLab: made where there is no release yet, else put in place of the text that is
 * there. A tag is never made: where there is none, what was released is not at that host. Source:
 * https://docs.github.com/en/rest/releases/releases and https://docs.gitlab.com/api/releases/.
 */
final class ReleaseText {
    private final PageCalls calls;

    ReleaseText(PageCalls calls) {
        this.calls = calls;
    }

    Put put(AtTag at, Content content) throws Exception {
        PageAddress project = at.project();
        return switch (calls.read(project, project.at(at.tag()))) {
            case Answer.Done(JsonNode release) ->
                isSame(project, release, content) ? there(at, release) : changed(at, release, content);
            case Answer.Nowhere _ -> made(at, content);
            case Answer.Failed failed -> new Put.Not(failed);
        };
    }

    private static boolean isSame(PageAddress project, JsonNode release, Content content) {
        return release.path("name").asString("").equals(content.subject())
                && release.path(text(project)).asString("").equals(content.text());
    }

    private Put changed(AtTag at, JsonNode release, Content content) throws Exception {
        PageAddress project = at.project();
        String address = project.form() == PageAddress.Form.GITHUB
                ? "%s/releases/%d".formatted(project.uri(), release.path("id").asLong())
                : project.at(at.tag());
        String method = project.form() == PageAddress.Form.GITHUB ? "PATCH" : "PUT";
        return put(at, calls.write(project, method, address, body(project, content)));
    }

    private Put made(AtTag at, Content content) throws Exception {
        PageAddress project = at.project();
        Optional<Put> untagged = untagged(at);
        if (untagged.isPresent()) {
            return untagged.get();
        }
        ObjectNode body = body(project, content).put("tag_name", at.tag());
        return put(at, calls.write(project, "POST", project.uri() + "/releases", body));
    }

    /** Why nothing is made: GitHub would make a tag of its own, at whatever its default branch is then. */
    private Optional<Put> untagged(AtTag at) throws Exception {
        PageAddress project = at.project();
        if (project.form() != PageAddress.Form.GITHUB) {
            return Optional.empty(); // GitLab refuses without a ref
        }
        return switch (calls.read(project, project.uri() + "/git/ref/tags/" + PageAddress.encoded(at.tag()))) {
            case Answer.Done _ -> Optional.empty();
            case Answer.Nowhere _ ->
                Optional.of(new Put.Not(new Answer.Failed(
                        "%s has no tag %s, or the token may not see it".formatted(project.uri(), at.tag()),
                        Trouble.HOST,
                        false,
                        null)));
            case Answer.Failed failed -> Optional.of(new Put.Not(failed));
        };
    }

    private static Put put(AtTag at, Answer answer) {
        return switch (answer) {
            case Answer.Done(JsonNode release) -> there(at, release);
            case Answer.Nowhere _ ->
                new Put.Not(new Answer.Failed(
                        "there is no project %s, or the token may not see it"
                                .formatted(at.project().uri()),
                        Trouble.HOST,
                        false,
                        null));
            case Answer.Failed failed -> new Put.Not(failed);
        };
    }

    private static Put there(AtTag at, JsonNode release) {
        String link = at.project().form() == PageAddress.Form.GITHUB
                ? release.path("html_url").asString("")
                : release.path("_links").path("self").asString("");
        return new Put.There(link.isEmpty() ? at.project().at(at.tag()) : link);
    }

    private ObjectNode body(PageAddress project, Content content) {
        return calls.json().createObjectNode().put("name", content.subject()).put(text(project), content.text());
    }

    private static String text(PageAddress project) {
        return project.form() == PageAddress.Form.GITHUB ? "body" : "description";
    }
}
