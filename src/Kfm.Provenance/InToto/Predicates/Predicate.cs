using System.Text.Json.Nodes;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The claim of a statement, typed. Members that a type does not know are ignored when it is read (in-toto Attestation Framework v1, parsing rules).</summary>
public abstract record Predicate
{
    private protected Predicate()
    {
    }

    /// <summary>The URI of the type, which carries its version.</summary>
    public abstract string Type { get; }

    /// <summary>The predicate in JSON.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Reads the predicate of a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The typed predicate; an <see cref="UnknownPredicate"/> when there is none for its type.</returns>
    /// <exception cref="InTotoFormatException">A member that the type demands is missing, or has another type or value than it allows.</exception>
    public static Predicate Read(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return PredicateTable.Read(statement);
    }

    /// <summary>A statement with this predicate.</summary>
    /// <param name="subject">What the claim is about; at least one, each with a digest.</param>
    /// <exception cref="ArgumentException">There is no subject, or one has no digest.</exception>
    public virtual Statement ToStatement(params IReadOnlyList<ResourceDescriptor> subject) => new(subject, Type, ToJson());
}
