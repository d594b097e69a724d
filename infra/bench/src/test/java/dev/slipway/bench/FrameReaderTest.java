package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private final List<byte[]> messages = new ArrayList<>();
    private final FrameReader reader =
            new FrameReader((opcode, payload, length) -> messages.add(Arrays.copyOf(payload, length)));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 200_000})
    void a_message_of_any_length_comes_back_masked_or_not_and_byte_by_byte(int size) {
        byte[] message = Pattern.bytes(size);
        byte[] ofClient = FrameReader.binary(message, true);
        byte[] ofServer = FrameReader.binary(message, false);

        reader.read(Unpooled.wrappedBuffer(ofClient), ofClient.length);
        for (byte each : ofServer) {
            reader.read(Unpooled.wrappedBuffer(new byte[] {each}), 1);
        }

        assertThat(messages).containsExactly(message, message);
    }

    @Test
    void a_key_is_taken_off_and_fragments_are_joined_around_a_ping() {
        byte[] bytes = {
            0x02,
            (byte) 0x82,
            1,
            2,
            3,
            4,
            'a' ^ 1,
            'b' ^ 2, // first fragment, masked
            (byte) 0x89,
            0x01,
            'p', // ping
            (byte) 0x80,
            (byte) 0x81,
            9,
            9,
            9,
            9,
            'c' ^ 9 // last fragment
        };

        reader.read(Unpooled.wrappedBuffer(bytes), bytes.length);

        assertThat(messages).containsExactly(new byte[] {'p'}, new byte[] {'a', 'b', 'c'});
    }
}
