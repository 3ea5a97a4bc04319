using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>A <c>cairo_surface_t</c>.</summary>
internal sealed class CairoSurface() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        CairoApi.SurfaceDestroy(handle);
        return true;
    }
}

/// <summary>A <c>cairo_t</c>.</summary>
internal sealed class CairoContext() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        CairoApi.ContextDestroy(handle);
        return true;
    }
}

/// <summary>A <c>cairo_font_options_t</c>.</summary>
internal sealed class CairoFontOptions() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        CairoApi.FontOptionsDestroy(handle);
        return true;
    }
}

/// <summary>A <c>PangoFontDescription</c>.</summary>
internal sealed class PangoFontDescription() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PangoApi.FontDescriptionFree(handle);
        return true;
    }
}

/// <summary>A <c>PangoAttrList</c>.</summary>
internal sealed class PangoAttributes() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PangoApi.AttrListUnref(handle);
        return true;
    }
}

/// <summary>A <c>PangoLayoutIter</c>.</summary>
internal sealed class PangoLines() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PangoApi.LayoutIterFree(handle);
        return true;
    }
}

/// <summary>A <c>PangoFontMap</c>.</summary>
internal sealed class PangoFontMap() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PangoApi.ObjectUnref(handle);
        return true;
    }
}

/// <summary>A <c>PangoContext</c>.</summary>
internal sealed class PangoContext() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PangoApi.ObjectUnref(handle);
        return true;
    }
}

/// <summary>A <c>PangoFont</c>.</summary>
internal sealed class PangoFont() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PangoApi.ObjectUnref(handle);
        return true;
    }
}

/// <summary>A <c>PangoLayout</c>.</summary>
internal sealed class PangoLayout() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PangoApi.ObjectUnref(handle);
        return true;
    }
}
