using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Compile.Types;

namespace Kfm.Gates.Rego;

/// <summary>A builtin that the host adds: a name, declared types and a function over values. Policies are checked against the types, and <c>with</c> may replace it.</summary>
/// <remarks>
/// The function must give the same answer for the same operands within one query, may run on several threads at once, and is called each time a policy
/// calls it. What it throws becomes a builtin error of the policy with the message of the exception; cancellation ends the evaluation.
/// </remarks>
public sealed class CustomBuiltin
{
    private readonly FunctionType _type;
    private readonly Func<IReadOnlyList<RegoValue>, RegoValue?> _call;

    /// <summary>Declares a builtin.</summary>
    /// <param name="name">The name as policies write it: identifiers joined by points, such as <c>kfm.owner</c>. Not that of a standard builtin.</param>
    /// <param name="signature">
    /// The types of the operands and of the result, as errors of the compiler write them: <c>string, any&lt;number, null&gt; -> boolean</c>, with
    /// <c>null</c>, <c>boolean</c>, <c>number</c>, <c>string</c>, <c>any</c>, <c>array[T]</c>, <c>set[T]</c>, <c>object[K: V]</c>, <c>array&lt;T, U&gt;</c> and
    /// <c>object&lt;name: T&gt;</c>. Nothing before the arrow for a builtin without operands.
    /// </param>
    /// <param name="call">The function: as many operands as declared, of the declared types; null for undefined.</param>
    /// <exception cref="ArgumentException">The name is no name or is taken, or the signature cannot be read.</exception>
    public CustomBuiltin(string name, string signature, Func<IReadOnlyList<RegoValue>, RegoValue?> call)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(call);
        if (!Array.TrueForAll(name.Split('.'), IsIdentifier) || name.Split('.')[0] is "data" or "input")
        {
            throw new ArgumentException($"'{name}' is not a name of a builtin: identifiers joined by points are needed.", nameof(name));
        }

        if (BuiltinTable.Arity(name) is not null)
        {
            throw new ArgumentException($"'{name}' is a standard builtin; choose another name.", nameof(name));
        }

        (Name, Signature, _call, _type) = (name, signature, call, Read(signature));
    }

    /// <summary>The name as policies write it.</summary>
    public string Name { get; }

    /// <summary>The declared types.</summary>
    public string Signature { get; }

    internal FunctionType Type => _type;

    internal int Arity => _type.Arguments.Length;

    internal RegoValue? Invoke(BuiltinContext context, RegoValue[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!TypeUnifier.Unify(RegoType.Of(arguments[i]), _type.Arguments[i]))
            {
                throw Operand.Wrong(Name, arguments, i, RegoType.Text(_type.Arguments[i]));
            }
        }

        try
        {
            return _call([.. arguments]);
        }
        catch (OperationCanceledException e)
        {
            context.CheckCancelled();
            throw BuiltinException.Failed(Name, e.Message);
        }
        catch (Exception e) when (e is not (BuiltinException or InsufficientExecutionStackException or OutOfMemoryException))
        {
            throw BuiltinException.Failed(Name, e.Message);
        }
    }

    private static bool IsIdentifier(string part) => part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static FunctionType Read(string signature)
    {
        try
        {
            var type = TypeNotation.ReadFunction(signature);
            return type is { Result: not null, Further: null } ? type
                : throw new ArgumentException($"'{signature}' must have a result and a fixed number of operands.", nameof(signature));
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException(e.Message, nameof(signature), e);
        }
    }
}
