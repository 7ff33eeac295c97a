package io.keepwatch.action.send;

/** Somebody to send to: how messages are written for it, and how they get there. */
record Target(Format format, Sender sender) {}
