package dev.slipway.cli.gateway;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.letters.DeadLetterView;
import dev.slipway.demo.Gateways;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The dead letters of all services, by way of the gateway. */
public final class DeadLetterClient {
    /** Who may have some. */
    public static final List<String> SERVICES =
            List.of("release-service", "validation-service", "deployment-service", "notification-service");

    private static final String ROOT = "/api/v1/deadletters/";
    private static final int PAGE = 200;
    private static final int PAGES_MAX = 50;

    private final GatewayClient gateway;
    private final String token;

    /** @param token of an operator */
    public DeadLetterClient(GatewayClient gateway, String token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** What the services have, and which of them did not answer. */
    public record Found(List<DeadLetterView> letters, List<String> unanswered) {
        public Found {
            letters = List.copyOf(letters);
            unanswered = List.copyOf(unanswered);
        }
    }

    /** @param service of this one alone, or of all */
    public Found list(@Nullable String service, boolean settled) {
        List<DeadLetterView> letters = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        for (String each : service == null ? SERVICES : List.of(service)) {
            try {
                letters.addAll(ofService(each, settled));
            } catch (CommandFailed away) {
                if (away.exitCode() != ExitCode.UNREACHABLE) {
                    throw away;
                }
                unanswered.add(each + ": " + away.getMessage());
            }
        }
        return new Found(letters, unanswered);
    }

    private List<DeadLetterView> ofService(String service, boolean settled) {
        List<DeadLetterView> letters = new ArrayList<>();
        @Nullable String cursor = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            String path = ROOT + service + "?limit=" + PAGE + "&settled=" + settled
                    + (cursor == null ? "" : "&cursor=" + Gateways.encode(cursor));
            DeadLetterView.Page read = GatewayClient.read(gateway.get(path, token), DeadLetterView.Page.class);
            letters.addAll(read.letters());
            cursor = read.cursor();
            if (cursor == null) {
                break;
            }
        }
        return letters;
    }

    public DeadLetterView.Whole show(String id) {
        return GatewayClient.read(gateway.get(path(id), token), DeadLetterView.Whole.class);
    }

    /** @param verb {@code replay} or {@code discard} */
    public DeadLetterView.Answer settle(String id, String verb, String reason) {
        byte[] body = WireJson.mapper().writeValueAsBytes(new DeadLetterView.Request(reason));
        String key = UUID.randomUUID().toString();
        GatewayClient.Answer answer = gateway.call(
                new GatewayClient.Call("POST", path(id) + "/" + verb, "application/json", body, key, Map.of()), token);
        return GatewayClient.read(answer.body(), DeadLetterView.Answer.class);
    }

    private static String path(String id) {
        String service = id.split(":", 2)[0];
        if (!SERVICES.contains(service)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "no dead letter is called '%s': an id begins with one of %s, see ./slipway deadletters list"
                            .formatted(id, String.join(", ", SERVICES)));
        }
        return ROOT + service + "/" + Gateways.encode(id);
    }
}
