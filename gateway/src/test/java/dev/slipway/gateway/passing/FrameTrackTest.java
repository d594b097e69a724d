package dev.slipway.gateway.passing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTrackTest {
    private static final int CLOSE = 0x88;
    private static final int[] LENGTHS = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000};

    private final FrameTrack track = new FrameTrack();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void every_frame_ends_where_it_ends_however_the_bytes_come(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            frame(stream, i % 2 == 0 ? 0x02 : 0x89, LENGTHS[i % LENGTHS.length], i % 3 == 0, random);
            ends.add(stream.size());
        }
        byte[] bytes = stream.toByteArray();

        List<Integer> seen = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextInt(4) == 0 ? 3 : 5_000));
            int at = from;
            while (at < to) {
                at = track.toBoundary(index -> bytes[index], at, to);
                if (track.atBoundary()) {
                    seen.add(at);
                }
            }
            from = to;
        }

        assertThat(seen).isEqualTo(ends);
        assertThat(track.closed()).isFalse();
    }

    @Test
    void a_close_counts_once_it_is_whole() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        frame(stream, CLOSE, 20, true, new SplittableRandom(1));
        byte[] bytes = stream.toByteArray();

        track.follow(index -> bytes[index], 0, bytes.length - 1);
        assertThat(track.closed()).isFalse();
        assertThat(track.atBoundary()).isFalse();
        track.follow(index -> bytes[index], bytes.length - 1, bytes.length);
        assertThat(track.closed()).isTrue();
        assertThat(track.atBoundary()).isTrue();
    }

    @Test
    void a_length_beyond_all_bounds_is_a_frame_that_does_not_end() {
        byte[] bytes = {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3};

        track.follow(index -> bytes[index], 0, bytes.length);

        assertThat(track.atBoundary()).isFalse();
    }

    @Test
    void our_own_close_is_one_whole_frame_masked_towards_a_server() {
        for (Integer mask : new Integer[] {null, 0x11223344}) {
            byte[] close = WebSockets.goingAway(mask);
            FrameTrack followed = new FrameTrack();
            assertThat(followed.toBoundary(index -> close[index], 0, close.length))
                    .isEqualTo(close.length);
            assertThat(followed.atBoundary() && followed.closed()).isTrue();
            assertThat((close[1] & 0x80) != 0).isEqualTo(mask != null);
            int at = mask == null ? 2 : 6;
            int unmasked = mask == null ? 0 : 0x1122;
            assertThat((((close[at] & 0xff) << 8) | (close[at + 1] & 0xff)) ^ unmasked)
                    .isEqualTo(1001);
        }
    }

    private static void frame(
            ByteArrayOutputStream to, int first, int length, boolean masked, SplittableRandom random) {
        to.write(first);
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            to.write(mask | length);
        } else if (length < 65_536) {
            to.write(mask | 126);
            to.write(length >> 8);
            to.write(length);
        } else {
            to.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                to.write((int) ((long) length >> shift));
            }
        }
        byte[] rest = new byte[(masked ? 4 : 0) + length];
        random.nextBytes(rest);
        to.writeBytes(rest);
    }
}
