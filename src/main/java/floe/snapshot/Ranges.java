package floe.snapshot;

import floe.change.TableId;
import floe.mysql.SqlName;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Cuts a table whose key begins with an integer into ranges of about as many rows, by what MySQL knows of its index. */
final class Ranges {

    /** Pieces are made smaller than the ranges, which are made of them, by about this. */
    private static final int PIECES = 8;

    /** Each takes a fraction of a millisecond, twice: keys may stand far apart. */
    private static final int MOST_CUTS = 400;

    private final Connection mysql;
    private final TableId table;
    private final KeyOrder order;
    private final KeyPart part;

    /** Values of the key's first column, both ends included, with about so many rows. */
    private record Piece(BigInteger from, BigInteger to, long rows) {

        boolean isOneValue() {
            return from.equals(to);
        }
    }

    Ranges(Connection mysql, TableId table, KeyOrder order) {
        this.mysql = mysql;
        this.table = table;
        this.order = order;
        this.part = order.parts().get(0);
    }

    /**
     * Where each range begins. They meet without a gap, the first one begins with the table and the last one has no end, so
     * that rows may come anywhere meanwhile.
     */
    List<Place> cut(int count) throws SQLException {
        if (count < 2 || !part.isInteger()) {
            return List.of(Place.BEGINNING);
        }
        List<BigInteger> ends = ends(pieces(count), count);
        if (part.descending()) {
            Collections.reverse(ends);
        }
        List<Place> places = new ArrayList<>();
        List<String> after = List.of();
        for (BigInteger end : ends) {
            places.add(new Place(order.name(), after, end.toString()));
            after = List.of(end.toString());
        }
        places.add(new Place(order.name(), after, null));
        return places;
    }

    /** The values at which one range ends and another one begins, the lowest first. */
    private List<BigInteger> ends(List<Piece> pieces, int count) {
        long rows = pieces.stream().mapToLong(Piece::rows).sum();
        List<BigInteger> ends = new ArrayList<>();
        long seen = 0;
        for (int i = 0; i < pieces.size() - 1 && ends.size() < count - 1; i++) {
            seen += pieces.get(i).rows();
            if (seen * count >= rows * (ends.size() + 1)) {
                // Descending, the value itself is the last one of the range above it.
                ends.add(
                        part.descending()
                                ? pieces.get(i + 1).from()
                                : pieces.get(i).to());
            }
        }
        return ends;
    }

    /** The table in pieces, the largest of which were halved again and again, from the lowest one on. */
    private List<Piece> pieces(int count) throws SQLException {
        PriorityQueue<Piece> pieces =
                new PriorityQueue<>(Comparator.comparingLong(Piece::rows).reversed());
        pieces.addAll(whole());
        List<Piece> done = new ArrayList<>();
        // Of a range that is empty MySQL says one row.
        long enough = Math.max(1, pieces.stream().mapToLong(Piece::rows).sum() / ((long) count * PIECES));
        for (int cuts = 0;
                cuts < MOST_CUTS && !pieces.isEmpty() && pieces.peek().rows() > enough;
                cuts++) {
            Piece largest = pieces.poll();
            if (largest.isOneValue()) {
                done.add(largest);
            } else {
                BigInteger middle = largest.from().add(largest.to()).shiftRight(1);
                pieces.add(piece(largest.from(), middle));
                pieces.add(piece(middle.add(BigInteger.ONE), largest.to()));
            }
        }
        done.addAll(pieces);
        done.sort(Comparator.comparing(Piece::from));
        return done;
    }

    private List<Piece> whole() throws SQLException {
        String ends =
                "SELECT MIN(" + part.name() + "), MAX(" + part.name() + ") FROM " + SqlName.of(table) + order.hint();
        try (Statement statement = mysql.createStatement();
                ResultSet row = statement.executeQuery(ends)) {
            row.next();
            if (row.getString(1) == null) {
                return List.of();
            }
            return List.of(piece(new BigInteger(row.getString(1)), new BigInteger(row.getString(2))));
        }
    }

    private Piece piece(BigInteger from, BigInteger to) throws SQLException {
        String condition = part.name() + " >= " + from + " AND " + part.name() + " <= " + to;
        return new Piece(from, to, Explain.rows(mysql, table, order, condition));
    }
}
