package dev.catamaran.server.member;

import dev.catamaran.server.member.MemberClient.MemberResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Collects an answer's body up to a bound; a longer one fails the call. */
final class BoundedResponse extends AbstractBinResponseConsumer<MemberResponse> {

    /** A whole inventory of a large registry fits; nothing members say to each other is longer. */
    static final int MAX_BYTES = 64 << 20;

    private static final int STEP = 64 << 10;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    @Override
    protected void start(HttpResponse response, ContentType contentType) {
        status = response.getCode();
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx answers carry nothing a member needs
    }

    @Override
    protected int capacityIncrement() {
        return STEP;
    }

    @Override
    protected void data(ByteBuffer source, boolean endOfStream) throws IOException {
        if (body.size() + source.remaining() > MAX_BYTES) {
            throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
        }
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        body.write(bytes);
    }

    @Override
    protected MemberResponse buildResult() {
        return new MemberResponse(status, body.toByteArray());
    }

    @Override
    public void failed(Exception cause) {
        releaseResources();
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
