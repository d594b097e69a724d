package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static final String ANSWERS = """
        HTTP/1.1 200 OK
        Content-Length: 5

        helloHTTP/1.1 200 OK
        TRANSFER-encoding: chunked

        3;x=1
        abc
        2
        de
        0
        X-After: y

        HTTP/1.1 204 No Content

        HTTP/1.1 503 Service Unavailable
        Retry-After:  2
        Content-Length: 0

        """.replace("\n", "\r\n");

    private static final class Notes implements MessageReader.Heard {
        private final List<String> all = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();

        @Override
        public void head(MessageReader.Head head) {
            all.add(head.status() + " " + head.value("retry-after"));
            body.setLength(0);
        }

        @Override
        public void body(ByteBuf in, int bytes) {
            body.append(in.toString(in.readerIndex(), bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void end() {
            all.add("[" + body + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void messages_are_the_same_in_whatever_pieces_they_come(int piece) {
        Notes notes = new Notes();
        MessageReader reader = new MessageReader(notes);
        byte[] bytes = ANSWERS.getBytes(StandardCharsets.US_ASCII);

        for (int at = 0; at < bytes.length; at += piece) {
            reader.read(Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
        }

        assertThat(notes.all).containsExactly("200 ", "[hello]", "200 ", "[abcde]", "204 ", "[]", "503 2", "[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"})
    void an_answer_without_a_length_and_a_chunk_without_a_size_are_refused(String answer) {
        MessageReader reader = new MessageReader(new Notes());

        assertThatThrownBy(() -> reader.read(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII)))
                .isInstanceOf(MessageReader.NotHttp.class);
    }
}
