namespace Kfm.Provenance.Digests;

/// <summary>The operations of SHA-256 (FIPS 180-4 section 4.1.2) on vectors whose lanes are the words of different messages.</summary>
internal interface ISha256Lanes<TVector>
    where TVector : unmanaged
{
    /// <summary>The number of messages in a vector.</summary>
    static abstract int Count { get; }

    static abstract bool IsSupported { get; }

    static abstract TVector Broadcast(uint word);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Choose(TVector x, TVector y, TVector z);

    static abstract TVector Majority(TVector x, TVector y, TVector z);

    static abstract TVector BigSigma0(TVector x);

    static abstract TVector BigSigma1(TVector x);

    static abstract TVector SmallSigma0(TVector x);

    static abstract TVector SmallSigma1(TVector x);

    /// <summary>Turns one block of 64 bytes per lane, one after the other, into sixteen vectors of big-endian words.</summary>
    static abstract void Transpose(ref byte blocks, ref TVector words);
}
