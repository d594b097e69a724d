package dev.slipway.cli.gateway;

import dev.slipway.cli.gateway.Requests.Written;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.release.ReportView;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.CloseRequest;
import dev.slipway.contracts.release.RetroView.FeedbackRequest;
import dev.slipway.contracts.release.RetroView.RaiseRequest;
import dev.slipway.demo.Gateways;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is known, said and left to do after releases. */
public final class AfterClient {
    private static final String JSON = "application/json";

    private final GatewayClient gateway;

    public AfterClient(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** What was measured before a release and since, what it cost, and what took it longest. */
    public ReportView report(String release, String token) {
        return GatewayClient.read(gateway.get(reportPath(release), token), ReportView.class);
    }

    /** The same as a text, written by Slipway. */
    public String report(String release, Written form, String token) {
        return gateway.get(reportPath(release), form.mediaType(), token);
    }

    private static String reportPath(String release) {
        return GatewayClient.releasePath(release) + "/report";
    }

    /** What people learned from a release and want done, and what others say of it. */
    public RetroView retro(String release, String token) {
        return GatewayClient.read(gateway.get(retroPath(release), token), RetroView.class);
    }

    /** What is to be done still of an application's releases. */
    public List<RetroView.Owed> left(String application, String token) {
        String path = "/api/v1/applications/%s/retro".formatted(Gateways.encode(application));
        return List.of(GatewayClient.read(gateway.get(path, token), RetroView.Owed[].class));
    }

    /** Raises an item; all of the release afterwards. */
    public RetroView raise(String release, RaiseRequest asked, String token) {
        return posted(retroPath(release), asked, token);
    }

    /** Closes one; all of the release afterwards. */
    public RetroView close(String release, int number, CloseRequest asked, String token) {
        return posted("%s/%d/close".formatted(retroPath(release), number), asked, token);
    }

    /** Adds what somebody says; all of the release afterwards. */
    public RetroView feedback(String release, FeedbackRequest given, String token) {
        return posted(GatewayClient.releasePath(release) + "/feedback", given, token);
    }

    private static String retroPath(String release) {
        return GatewayClient.releasePath(release) + "/retro";
    }

    private RetroView posted(String path, Object body, String token) {
        GatewayClient.Answer answer = gateway.call(
                new GatewayClient.Call(
                        "POST",
                        path,
                        JSON,
                        WireJson.mapper().writeValueAsBytes(body),
                        UUID.randomUUID().toString(),
                        Map.of()),
                token);
        return GatewayClient.read(answer.body(), RetroView.class);
    }
}
