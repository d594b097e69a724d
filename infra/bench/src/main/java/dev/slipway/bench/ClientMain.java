package dev.slipway.bench;

import dev.slipway.contracts.WireJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The client as a process of its own: an {@link Order} as a JSON line on its standard input, a {@link Tally} as a JSON line
 * on its output, one after the other, until its input ends.
 */
public final class ClientMain {
    private ClientMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Client client = new Client();
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("READY");
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                Order order = WireJson.mapper().readValue(line, Order.class);
                Tally tally = order.work() == Work.PRODUCE ? Producing.run(order) : client.run(order);
                System.out.println(WireJson.mapper().writeValueAsString(tally));
            }
        }
        System.exit(0);
    }
}
