"""Turn a public body's budget-performance records into a public record that anyone can verify."""
