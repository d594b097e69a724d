package example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HelloServerTest {
    private HelloServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HelloServer(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void health_says_up_and_which_version() throws Exception {
        HttpResponse<String> answer = get("/health");

        assertEquals(200, answer.statusCode());
        assertEquals("{\"status\":\"UP\",\"version\":\"" + Version.CURRENT + "\"}", answer.body());
    }

    @Test
    void the_greeted_is_greeted() throws Exception {
        HttpResponse<String> answer = get("/greet?name=x");

        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("\"Hello x\""), answer.body());
    }

    @Test
    void a_bad_name_and_an_unknown_path_are_the_callers_fault() throws Exception {
        assertEquals(400, get("/greet?name=").statusCode());
        assertEquals(404, get("/elsewhere").statusCode());
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
