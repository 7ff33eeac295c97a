package io.keepwatch.action.send;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A small real SMTP server that keeps mails and the words of each client; it answers RCPT as it is told. */
final class TestSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> mails = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final boolean login;

    private TestSmtp(ServerSocket socket, boolean login) {
        this.socket = socket;
        this.login = login;
    }

    static TestSmtp start(boolean login) throws IOException {
        TestSmtp smtp = new TestSmtp(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), login);
        Thread thread = new Thread(smtp::serve, "test-smtp");
        thread.setDaemon(true);
        thread.start();
        return smtp;
    }

    int port() {
        return socket.getLocalPort();
    }

    synchronized void thenToRcpt(String answer) {
        answers.add(answer);
    }

    synchronized List<String> mails() {
        return List.copyOf(mails);
    }

    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread thread = new Thread(() -> serve(client), "test-smtp-client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // The server was closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            out.print("220 test\r\n");
            talk(in, out);
        } catch (IOException e) {
            // The client left.
        }
    }

    private void talk(BufferedReader in, PrintStream out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            synchronized (this) {
                commands.add(line);
            }
            if (line.startsWith("EHLO")) {
                out.print(login ? "250-test\r\n250 AUTH PLAIN\r\n" : "250 test\r\n");
            } else if (line.startsWith("AUTH")) {
                out.print("235 welcome\r\n");
            } else if (line.startsWith("RCPT")) {
                out.print(rcptAnswer() + "\r\n");
            } else if (line.equals("DATA")) {
                out.print("354 go on\r\n");
                StringBuilder mail = new StringBuilder();
                for (String part = in.readLine(); !".".equals(part); part = in.readLine()) {
                    mail.append(part).append('\n');
                }
                synchronized (this) {
                    mails.add(mail.toString());
                }
                out.print("250 taken\r\n");
            } else {
                out.print(line.equals("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
            }
        }
    }

    private synchronized String rcptAnswer() {
        return answers.isEmpty() ? "250 ok" : answers.removeFirst();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
