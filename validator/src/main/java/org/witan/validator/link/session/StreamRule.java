package org.witan.validator.link.session;

/**
 * Bounds of one stream of messages.
 *
 * @param messageBytes greatest message
 * @param queueBytes most bytes that wait
 * @param newestOnly whether a newer message replaces one that waits
 */
public record StreamRule(int messageBytes, int queueBytes, boolean newestOnly) {}
