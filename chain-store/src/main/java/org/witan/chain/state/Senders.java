package org.witan.chain.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Refusal.Code;
import org.witan.chain.state.govern.Invitations;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Organisation;

/** The senders of one block's transactions, each looked up once, with the nonces used so far. */
final class Senders {
    private final StateReader state;
    private final NetworkId networkId;
    private final SignatureCheck signatures;
    private final Map<Sender, Optional<Account>> accounts = new LinkedHashMap<>();

    Senders(StateReader state, NetworkId networkId, SignatureCheck signatures) {
        this.state = state;
        this.networkId = networkId;
        this.signatures = signatures;
    }

    /** A sender as the parent's state knows it, and its window as this block leaves it. */
    private static final class Account {
        private final boolean suspended;
        private final int keyNumber;

        /** Empty for who is nobody yet: the transaction that redeems an invitation brings it. */
        private final Optional<PublicKey> key;

        private NonceWindow window;

        Account(boolean suspended, int keyNumber, Optional<PublicKey> key, NonceWindow window) {
            this.suspended = suspended;
            this.keyNumber = keyNumber;
            this.key = key;
            this.window = window;
        }
    }

    /** Rule X2: the checks in the order of their cost, the signature last. */
    Optional<Refusal> refusal(Transaction transaction, Execution.At at) {
        long height = at.height();
        Intent intent = transaction.intent();
        if (!intent.networkId().equals(networkId)) {
            return refuse(Code.WRONG_NETWORK, "made for " + intent.networkId().shortName());
        }
        if (transaction.sizeBytes() > Transaction.MAX_BYTES) {
            return refuse(Code.TOO_LARGE, transaction.sizeBytes() + " bytes");
        }
        if (intent.validUntil() < height) {
            return refuse(Code.EXPIRED, "valid until " + intent.validUntil() + ", now " + height);
        }
        // Who redeems an invitation cannot know the height yet; the invitation itself expires.
        if (!(intent.operation() instanceof Redeem)
                && intent.validUntil() - height > Intent.MAX_LIFETIME_BLOCKS) {
            return refuse(
                    Code.TOO_FAR_AHEAD, "valid until " + intent.validUntil() + ", now " + height);
        }
        Optional<Account> account = account(intent.sender());
        if (account.isEmpty()) {
            return unknown(intent);
        }
        return account.get().key.isPresent()
                ? refusal(transaction, account.get(), account.get().key.get())
                : newcomer(transaction, account.get(), at);
    }

    private static Optional<Refusal> unknown(Intent intent) {
        return refuse(Code.UNKNOWN_SENDER, "no " + intent.sender() + " in this network");
    }

    /** Who is nobody yet may redeem an invitation, with the key that the proof is bound to. */
    private Optional<Refusal> newcomer(Transaction transaction, Account account, Execution.At at) {
        Intent intent = transaction.intent();
        return intent.operation() instanceof Redeem redeem
                ? new Invitations(new Scratch(state), networkId, at)
                        .refusal(intent.sender().id(), redeem)
                        .or(() -> refusal(transaction, account, redeem.key()))
                : unknown(intent);
    }

    private Optional<Refusal> refusal(Transaction transaction, Account account, PublicKey key) {
        Intent intent = transaction.intent();
        if (account.suspended) {
            return refuse(Code.SENDER_SUSPENDED, intent.sender() + " is suspended");
        }
        if (intent.keyNumber() != account.keyNumber) {
            return refuse(
                    Code.WRONG_KEY_NUMBER,
                    "key " + intent.keyNumber() + ", in force is " + account.keyNumber);
        }
        if (account.window.hasUsed(intent.nonce())) {
            return intent.nonce() < account.window.lowest()
                    ? refuse(
                            Code.NONCE_TOO_OLD,
                            "nonce " + intent.nonce() + " below " + account.window.lowest())
                    : refuse(Code.NONCE_USED, "nonce " + intent.nonce() + " was used before");
        }
        if (!signatures.holds(transaction, key)) {
            return refuse(Code.BAD_SIGNATURE, "not signed by key " + account.keyNumber);
        }
        return Optional.empty();
    }

    /** Marks the nonce of a transaction that was not refused. */
    void use(Transaction transaction) {
        Account account = account(transaction.intent().sender()).orElseThrow();
        account.window = account.window.use(transaction.intent().nonce());
    }

    /** Writes the windows of all senders that were looked up. */
    void save(Scratch scratch) {
        accounts.forEach((sender, account) ->
                account.ifPresent(a ->
                        scratch.put(StatePath.window(sender), NonceWindow.CODEC.encode(a.window))));
    }

    private Optional<Account> account(Sender sender) {
        return accounts.computeIfAbsent(sender, this::lookUp);
    }

    private Optional<Account> lookUp(Sender sender) {
        NonceWindow window =
                state.value(StatePath.window(sender))
                        .map(bytes -> NonceWindow.CODEC.decode(bytes).orThrow())
                        .orElse(NonceWindow.UNUSED);
        if (sender.organisation()) {
            return state.value(StatePath.organisation(sender.id()))
                    .map(bytes -> Organisation.CODEC.decode(bytes).orThrow())
                    .map(o ->
                            new Account(
                                    false, o.keyNumber(), Optional.of(o.governanceKey()), window));
        }
        return state.value(StatePath.member(sender.id()))
                .map(bytes -> Member.CODEC.decode(bytes).orThrow())
                .map(m -> new Account(isSuspended(m), m.keyNumber(), Optional.of(m.key()), window))
                .or(() -> Optional.of(new Account(false, 0, Optional.empty(), window)));
    }

    private static boolean isSuspended(Member member) {
        return member.status() == Member.Status.SUSPENDED;
    }

    private static Optional<Refusal> refuse(Code code, String why) {
        return Optional.of(new Refusal(code, why));
    }
}
