using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>One PDF being written to a stream: the surface, its context, its metadata and its bookmarks.</summary>
internal sealed unsafe class PdfDocument : IDisposable
{
    private const string StructureRoot = "Document";

    private readonly Sink _sink;
    private readonly GCHandle _sinkHandle;
    private readonly CairoSurface _surface;

    internal PdfDocument(Stream output, double width, double height)
    {
        _sink = new Sink(output);
        _sinkHandle = GCHandle.Alloc(_sink);
        _surface = CairoApi.PdfSurfaceCreateForStream(&Write, GCHandle.ToIntPtr(_sinkHandle), width, height);
        Context = CairoApi.Create(_surface);
        CairoApi.Check(CairoApi.Status(Context));
    }

    internal CairoContext Context { get; }

    internal void Describe(PdfMetadata entry, string text) => CairoApi.PdfSurfaceSetMetadata(_surface, entry, text);

    /// <summary>Fixes both dates inside the file, so that it does not depend on when it was drawn.</summary>
    internal void Date(DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
        Describe(PdfMetadata.CreationDate, text);
        Describe(PdfMetadata.ModificationDate, text);
    }

    /// <summary>A bookmark below another (0: at the top), pointing at a height of a page counted from 1.</summary>
    internal int Bookmark(int parent, string title, int page, double y, bool open) => CairoApi.PdfSurfaceAddOutline(
        _surface,
        parent,
        title,
        string.Create(CultureInfo.InvariantCulture, $"page={page} pos=[0 {y:0.##}]"),
        open ? CairoApi.OutlineOpen : 0);

    /// <summary>All content is one tagged document: readers for the blind follow it, and links have a parent.</summary>
    internal void BeginStructure() => CairoApi.TagBegin(Context, StructureRoot, string.Empty);

    internal void EndPage(bool last)
    {
        if (last) CairoApi.TagEnd(Context, StructureRoot);
        CairoApi.ShowPage(Context);
        Check(CairoApi.Status(Context));
    }

    /// <summary>Writes what is left: fonts, cross-reference table, trailer.</summary>
    internal void Finish()
    {
        CairoApi.SurfaceFinish(_surface);
        Check(CairoApi.SurfaceStatus(_surface));
    }

    public void Dispose()
    {
        Context.Dispose();
        _surface.Dispose(); // may still write, so the sink goes last
        _sinkHandle.Free();
    }

    private void Check(int status)
    {
        _sink.Failure?.Throw();
        CairoApi.Check(status);
    }

    [UnmanagedCallersOnly]
    private static int Write(nint closure, byte* data, uint length)
    {
        var sink = Unsafe.As<Sink>(GCHandle.FromIntPtr(closure).Target!);
        if (sink.Failure is not null) return CairoApi.StatusWriteError;
        try
        {
            sink.Output.Write(new ReadOnlySpan<byte>(data, checked((int)length)));
            return CairoApi.StatusSuccess;
        }
        catch (Exception failure) // an exception may not cross native frames; Check throws it again
        {
            sink.Failure = ExceptionDispatchInfo.Capture(failure);
            return CairoApi.StatusWriteError;
        }
    }

    private sealed class Sink(Stream output)
    {
        internal Stream Output { get; } = output;

        internal ExceptionDispatchInfo? Failure { get; set; }
    }
}
