package dev.slipway.notification.api;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.contracts.notification.RetryAnswer;
import dev.slipway.contracts.notification.RetryRequest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.notification.NotificationSettings;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.SendAgain;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.web.Caller;
import dev.slipway.web.NextPage;
import dev.slipway.web.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who was told what, what could not be delivered, and sending that again once it has been mended. */
@RestController
class DeliveriesApi {
    private static final int LIMIT_USUAL = 100;

    private final Aggregates<ConversationState, ConversationInput> conversations;
    private final NotificationSettings settings;
    private final DeliveryList list;

    DeliveriesApi(Aggregates<ConversationState, ConversationInput> conversations, NotificationSettings settings) {
        this.conversations = conversations;
        this.settings = settings;
        this.list =
                new DeliveryList(conversations, settings.conversationsPerPage(), settings.conversationsLookedAtMax());
    }

    @GetMapping("/api/v1/deliveries")
    ResponseEntity<List<DeliveryView>> deliveries(
            @RequestParam(required = false) @Nullable String release,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = NextPage.limit(limit, LIMIT_USUAL, settings.deliveriesPerAnswerMax());
        String of = release == null ? null : new ReleaseId(release).value();
        DeliveryList.Page page = list.page(new DeliveryList.Filter(of, state), cursor, most);
        return NextPage.of(page.deliveries(), page.cursor());
    }

    /** What was delivered meanwhile is not sent again, so the same request twice does no harm. */
    @PostMapping("/api/v1/deliveries/retry")
    RetryAnswer retry(@RequestBody RetryRequest request, @AuthenticationPrincipal Jwt token) {
        String reason = reason(request);
        Caller caller = Caller.of(token);
        List<DeliveryView> again = new ArrayList<>();
        AtomicInteger count = new AtomicInteger();
        conversations.eachLive(settings.conversationsPerPage(), each -> {
            boolean wanted = DeliveryList.views(each.state())
                    .anyMatch(view -> wants(request, view) && view.state() != State.DELIVERED);
            if (wanted) {
                SendAgain asked = new SendAgain(reason, request.delivery());
                ConversationState after = conversations
                        .submit(each.id(), asked, Cause.of(caller.actor()))
                        .state();
                DeliveryList.views(after)
                        .filter(view -> wants(request, view)
                                && (view.state() == State.SENDING || view.state() == State.PLANNED))
                        .forEach(view -> {
                            count.incrementAndGet();
                            if (again.size() < settings.deliveriesPerAnswerMax()) {
                                again.add(view);
                            }
                        });
            }
        });
        return new RetryAnswer(count.get(), again);
    }

    private static boolean wants(RetryRequest request, DeliveryView view) {
        return (request.release() == null || request.release().equals(view.release()))
                && (request.channel() == null || request.channel() == view.channel())
                && (request.delivery() == null || request.delivery().equals(view.id()));
    }

    /** One line for the record, cut where it is too long: what is urgent does not fail for its shape. */
    private String reason(RetryRequest request) {
        String said = request.reason();
        if (said == null || !Texts.says(said)) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST, "no-reason", "Sending again takes a reason: send {\"reason\": \"...\"}.");
        }
        String given = said.strip().replaceAll("[\\s\\p{Cc}]+", " ");
        int max = settings.reasonCharactersMax();
        return given.length() > max ? given.substring(0, max) : given;
    }
}
