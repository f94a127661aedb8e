package dev.catamaran.server.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses bodies longer than anything a client or member has to say. */
public final class BodyLimitFilter implements Filter {

    /** The longest legacy message is the whole list of one service, or a beat with all keys. */
    static final long MAX_BYTES = 32L << 20;

    private static final int TOO_LARGE = 413;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            HttpServletResponse http = (HttpServletResponse) response;
            http.setStatus(TOO_LARGE);
            http.setContentType("text/plain;charset=UTF-8");
            http.getWriter().write("the body is longer than " + MAX_BYTES + " bytes\n");
            return;
        }
        boolean lengthSaid = request.getContentLengthLong() >= 0;
        chain.doFilter(lengthSaid ? request : new Counted((HttpServletRequest) request), response);
    }

    /** A request that does not say how long its body is. */
    private static final class Counted extends HttpServletRequestWrapper {

        private Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountedStream(super.getInputStream());
        }
    }

    private static final class CountedStream extends ServletInputStream {

        private final ServletInputStream stream;
        private long count;

        private CountedStream(ServletInputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            int value = stream.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = stream.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            count += read;
            if (count > MAX_BYTES) {
                throw new IOException("the body is longer than " + MAX_BYTES + " bytes");
            }
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
