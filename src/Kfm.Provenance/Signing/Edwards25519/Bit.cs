using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>A condition as a number, without a branch: secrets must not show in the time that a computation takes.</summary>
internal static class Bit
{
    /// <summary>1 when the condition holds, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(bool condition) => Unsafe.BitCast<bool, byte>(condition);
}
