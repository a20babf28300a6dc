package org.witan.validator.api.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.chain.shown.Shown;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;

/** What the ledger holds: {@code /v1/ledger/head}, {@code /v1/blocks}, {@code /v1/transactions}. */
public final class LedgerBodies {
    private LedgerBodies() {}

    /**
     * The body of a block without its transactions.
     *
     * @param hash the header's hash
     * @param finalization of exactly this block, if there is one
     */
    public static ObjectNode block(
            BlockHeader header,
            Hash hash,
            Optional<Certificate> finalization,
            LedgerReader ledger) {
        ObjectNode body = Json.body(header.networkId().toString(), header.height());
        body.put("hash", hash.hex());
        header(body.putObject("header"), header);
        if (finalization.isPresent()) {
            certificate(body.putObject("finalization"), finalization.get(), ledger);
        } else {
            body.putNull("finalization");
        }
        return body;
    }

    /**
     * Adds a page of a block's transactions.
     *
     * @param receipts one for each transaction of the block
     * @param from index of the first one on the page
     * @param limit most transactions on the page
     */
    public static void addTransactions(
            ObjectNode body, Block block, List<Receipt> receipts, int from, int limit) {
        List<Transaction> all = block.body().transactions();
        ArrayNode rows = body.putArray("transactions");
        int end = Math.min(all.size(), from + limit);
        for (int index = from; index < end; index++) {
            ObjectNode row = rows.addObject();
            row.put("index", index);
            transaction(row, all.get(index));
            receipt(row, receipts.get(index));
        }
        body.put("next", end < all.size() ? Integer.toString(end) : null);
    }

    /** Adds what a transaction says. */
    public static void transaction(ObjectNode body, Transaction transaction) {
        var intent = transaction.intent();
        body.put("id", transaction.id().hex());
        body.put("sender", intent.sender().toString());
        body.put("keyNumber", intent.keyNumber());
        body.put("nonce", intent.nonce());
        body.put("validUntil", intent.validUntil());
        body.put("sizeBytes", transaction.sizeBytes());
        operation(body.putObject("operation"), intent.operation());
    }

    /** Adds what became of a transaction. */
    public static void receipt(ObjectNode body, Receipt receipt) {
        body.putObject("receipt")
                .put("outcome", outcome(receipt.outcome()))
                .put("version", receipt.version());
    }

    /** An outcome as it is written in bodies. */
    public static String outcome(Receipt.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void header(ObjectNode body, BlockHeader header) {
        body.put("epoch", header.epoch());
        body.put("view", header.view());
        body.put("height", header.height());
        body.put("proposer", header.proposer().value());
        body.put("parentHash", header.parentHash().hex());
        Json.moment(body, "time", header.timestampMillis());
        body.put("transactionRoot", header.transactionRoot().hex());
        body.put("stateRoot", header.stateRoot().hex());
        body.put("configHash", header.configHash().hex());
        body.put("nextConfigHash", header.nextConfigHash().hex());
        body.put("previousBoundaryHash", header.previousBoundaryHash().hex());
        body.put("bodyBytes", header.bodyBytes());
        body.put("transactionCount", header.transactionCount());
    }

    private static void certificate(ObjectNode body, Certificate certificate, LedgerReader ledger) {
        body.put("epoch", certificate.ballot().epoch());
        body.put("view", certificate.ballot().view());
        Optional<Configuration> set =
                ledger.epoch(certificate.ballot().epoch()).map(link -> link.configuration());
        ArrayNode signers = body.putArray("signers");
        for (int index : certificate.signers()) {
            if (set.isPresent()) {
                signers.add(set.get().validators().get(index).id().value());
            } else {
                signers.add(index);
            }
        }
        byte[] bytes = Certificate.CODEC.encode(certificate);
        body.put("certificate", Base64.getEncoder().encodeToString(bytes));
    }

    private static void operation(ObjectNode body, Operation operation) {
        switch (operation) {
            case Operation.Put(var key, var value, var ifVersion) -> {
                body.put("type", "put").put("key", key);
                Json.number(body, "ifVersion", ifVersion);
                body.put("valueBytes", value.length);
            }
            case Operation.Delete(var key, var ifVersion) -> {
                body.put("type", "delete").put("key", key);
                Json.number(body, "ifVersion", ifVersion);
            }
            case Operation.Batch(var writes) -> {
                ArrayNode rows = body.put("type", "batch").putArray("writes");
                writes.forEach(write -> operation(rows.addObject(), write));
            }
            case GovernanceOperation governance -> Json.put(body, Shown.operation(governance));
        }
    }
}
