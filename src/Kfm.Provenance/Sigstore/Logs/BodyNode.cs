using System.Text;

namespace Kfm.Provenance.Sigstore.Logs;

/// <summary>A member of the body of a log entry that is read: a value, or an object with such members. Others are ignored.</summary>
internal sealed class BodyNode
{
    private readonly byte[] _name;

    public BodyNode(string name, BodyField field) => (_name, Field, Children) = (Encoding.UTF8.GetBytes(name), field, []);

    public BodyNode(string name, params BodyNode[] children) => (_name, Children) = (Encoding.UTF8.GetBytes(name), children);

    public ReadOnlySpan<byte> Name => _name;

    public BodyField Field { get; }

    public BodyNode[] Children { get; }

    /// <summary>Whether the objects with these members stand in an array.</summary>
    public bool IsList { get; init; }
}
