package dev.slipway.notification.api;

import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.notification.mail.MailLook;
import dev.slipway.notification.slack.SlackLook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether people could be told by a channel, before there is anything to tell. Both are looked at side by side, each within the
 * limit of its calls. For operators, as it shows what Slipway's own names and tokens see.
 */
@RestController
class ChannelsApi {
    private final List<Callable<ChannelCheck>> looks;

    ChannelsApi(SlackLook slack, MailLook mail) {
        this.looks = List.of(slack::look, mail::look);
    }

    @GetMapping("/api/v1/deliveries/channels")
    List<ChannelCheck> channels() throws Exception {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ChannelCheck> seen = new ArrayList<>();
            for (Future<ChannelCheck> look : each.invokeAll(looks)) {
                seen.add(look.get());
            }
            return seen;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }
}
