<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
<context>
    <name>CovidViewer</name>
    <message>
        <source> frames/s</source>
        <translation> quadros/s</translation>
    </message>
    <message>
        <source> so far, from {done} of {count} slices</source>
        <translation> até agora, de {done} de {count} cortes</translation>
    </message>
    <message>
        <source>&amp;About CovidViewer…</source>
        <translation>&amp;Sobre o CovidViewer…</translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation>A&amp;nalisar</translation>
    </message>
    <message>
        <source>&amp;Angle</source>
        <translation>Â&amp;ngulo</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automática</translation>
    </message>
    <message>
        <source>&amp;Bone 2000 / 350</source>
        <translation>Ó&amp;ssea 2000 / 350</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>&amp;Close series</source>
        <translation>&amp;Fechar a série</translation>
    </message>
    <message>
        <source>&amp;Copy image</source>
        <translation>&amp;Copiar a imagem</translation>
    </message>
    <message>
        <source>&amp;Distance</source>
        <translation>&amp;Distância</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;Ellipse</source>
        <translation>&amp;Elipse</translation>
    </message>
    <message>
        <source>&amp;Emphysema 500 / -850</source>
        <translation>&amp;Enfisema 500 / -850</translation>
    </message>
    <message>
        <source>&amp;Swap views</source>
        <translation>&amp;Trocar as duas vistas</translation>
    </message>
    <message>
        <source>&amp;Export image…</source>
        <translation>&amp;Exportar a imagem…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Arquivo</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>A&amp;justar à janela</translation>
    </message>
    <message>
        <source>&amp;Heat map</source>
        <translation>Mapa de &amp;calor</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aj&amp;uda</translation>
    </message>
    <message>
        <source>&amp;Histogram of the region…</source>
        <translation>&amp;Histograma da região…</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>&amp;Imagem</translation>
    </message>
    <message>
        <source>&amp;Invert</source>
        <translation>&amp;Inverter</translation>
    </message>
    <message>
        <source>&amp;Key image</source>
        <translation>&amp;Imagem-chave</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>A&amp;talhos de teclado…</translation>
    </message>
    <message>
        <source>&amp;Lung 1500 / -600</source>
        <translation>&amp;Pulmão 1500 / -600</translation>
    </message>
    <message>
        <source>&amp;Lungs and density ranges</source>
        <translation>&amp;Pulmões e faixas de opacidade</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>&amp;Medir</translation>
    </message>
    <message>
        <source>&amp;Mediastinum 400 / 40</source>
        <translation>&amp;Mediastino 400 / 40</translation>
    </message>
    <message>
        <source>&amp;Model card…</source>
        <translation>&amp;Ficha do modelo…</translation>
    </message>
    <message>
        <source>&amp;Next key image</source>
        <translation>&amp;Próxima imagem-chave</translation>
    </message>
    <message>
        <source>&amp;Open files…</source>
        <translation>&amp;Abrir arquivos…</translation>
    </message>
    <message>
        <source>&amp;Custom presets</source>
        <translation>&amp;Predefinições próprias</translation>
    </message>
    <message>
        <source>&amp;Pan</source>
        <translation>&amp;Mover</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Sair</translation>
    </message>
    <message>
        <source>&amp;Receive…</source>
        <translation>&amp;Receber…</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Refazer</translation>
    </message>
    <message>
        <source>&amp;Reset view</source>
        <translation>&amp;Restaurar a vista</translation>
    </message>
    <message>
        <source>&amp;Scroll</source>
        <translation>&amp;Percorrer</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Configurações…</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Ferramentas</translation>
    </message>
    <message>
        <source>&amp;Two series side by side</source>
        <translation>&amp;Duas séries lado a lado</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Desfazer</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>E&amp;xibir</translation>
    </message>
    <message>
        <source>&amp;What the score means…</source>
        <translation>&amp;O que o escore significa…</translation>
    </message>
    <message>
        <source>&amp;Window width and level…</source>
        <translation>&amp;Largura e nível…</translation>
    </message>
    <message>
        <source>&amp;Window / level</source>
        <translation>&amp;Janela / nível</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>&amp;Zoom</translation>
    </message>
    <message>
        <source>, estimated</source>
        <translation>, estimada</translation>
    </message>
    <message>
        <source>, {n} of them failed</source>
        <translation>, {n} deles com falha</translation>
    </message>
    <message>
        <source>1 slice</source>
        <translation>1 corte</translation>
    </message>
    <message>
        <source>1 duplicate slice was left out.</source>
        <translation>1 corte é cópia de outro e ficou de fora.</translation>
    </message>
    <message>
        <source>1 slice is missing in 1 gap.</source>
        <translation>Falta 1 corte em 1 lacuna.</translation>
    </message>
    <message>
        <source>1 slice has the same position as another.</source>
        <translation>1 corte está no lugar de outro.</translation>
    </message>
    <message>
        <source>10.1.2.3, 10.1.2.0/24; empty: this computer only</source>
        <translation>10.1.2.3, 10.1.2.0/24; vazio: só este computador</translation>
    </message>
    <message>
        <source>A measurement, independent of the score: the percentage of the lung area on this slice that is denser than aerated lung. An area, not a measure of severity; it is estimated for images without Hounsfield units.</source>
        <translation>Uma simples medida ao lado do escore: quanto da área dos pulmões neste corte é mais denso que pulmão aerado. Uma área, não uma gravidade; em imagens sem unidades Hounsfield ela é estimada.</translation>
    </message>
    <message>
        <source>Allowed AE titles</source>
        <translation>Títulos AE que podem enviar</translation>
    </message>
    <message>
        <source>AUC {value:.3f} ({low:.3f} to {high:.3f})</source>
        <translation>AUC {value:.3f} ({low:.3f} a {high:.3f})</translation>
    </message>
    <message>
        <source>Ab&amp;domen 400 / 50</source>
        <translation>A&amp;bdome 400 / 50</translation>
    </message>
    <message>
        <source>About CovidViewer</source>
        <translation>Sobre o CovidViewer</translation>
    </message>
    <message>
        <source>About this &amp;computer…</source>
        <translation>Sobre este &amp;computador…</translation>
    </message>
    <message>
        <source>About this computer</source>
        <translation>Sobre este computador</translation>
    </message>
    <message>
        <source>Actual &amp;pixels</source>
        <translation>&amp;Pixels reais</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Adicionar</translation>
    </message>
    <message>
        <source>Allowed addresses</source>
        <translation>Endereços que podem se conectar</translation>
    </message>
    <message>
        <source>Restore all defaults</source>
        <translation>Todos os padrões</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos os arquivos</translation>
    </message>
    <message>
        <source>Also write</source>
        <translation>Também gravado</translation>
    </message>
    <message>
        <source>Alt + Shift + arrow keys, Alt + Page Up, Page Down</source>
        <translation>Alt + Shift + setas, Alt + Page Up, Page Down</translation>
    </message>
    <message>
        <source>Alt + arrow keys</source>
        <translation>Alt + setas</translation>
    </message>
    <message>
        <source>An AE title has 1 to 16 letters, digits or punctuation marks.</source>
        <translation>Um título AE tem de 1 a 16 letras, dígitos e sinais.</translation>
    </message>
    <message>
        <source>Invalid allowed address: {why}.</source>
        <translation>Um dos endereços que podem se conectar não é um endereço: {why}.</translation>
    </message>
    <message>
        <source>An area on this slice, not a measure of severity and not a diagnosis.</source>
        <translation>Uma área neste corte; não é uma gravidade nem um diagnóstico.</translation>
    </message>
    <message>
        <source>An object could not be parsed.</source>
        <translation>Um objeto não pôde ser entendido.</translation>
    </message>
    <message>
        <source>Analyse &amp;slice</source>
        <translation>Analisar o &amp;corte</translation>
    </message>
    <message>
        <source>Analyse s&amp;eries</source>
        <translation>Analisar a &amp;série</translation>
    </message>
    <message>
        <source>Analyse the series</source>
        <translation>Analisar a série</translation>
    </message>
    <message>
        <source>Analyse this slice</source>
        <translation>Analisar este corte</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Analisando</translation>
    </message>
    <message>
        <source>Analysing slice {done} of {total}</source>
        <translation>Analisando o corte {done} de {total}</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>Analisando…</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Análise</translation>
    </message>
    <message>
        <source>Another disease</source>
        <translation>Outra doença</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Padrão</translation>
    </message>
    <message>
        <source>At start</source>
        <translation>Ao iniciar</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>Automatic: {n}</source>
        <translation>Automático: {n}</translation>
    </message>
    <message>
        <source>Axial</source>
        <translation>Axial</translation>
    </message>
    <message>
        <source>Bars: score of each slice. Line: opacified percentage of the lungs.</source>
        <translation>Barras: escore de cada corte. Linha: parte opacificada dos pulmões.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Model input box on the image</source>
        <translation>Caixa da entrada do modelo, na imagem</translation>
    </message>
    <message>
        <source>C&amp;lassify a folder…</source>
        <translation>C&amp;lassificar uma pasta…</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU, 1 thread</translation>
    </message>
    <message>
        <source>CPU, {n} threads</source>
        <translation>CPU, {n} threads</translation>
    </message>
    <message>
        <source>CT series sent by a scanner, a PACS or another viewer (DICOM C-STORE).</source>
        <translation>Séries de TC que um tomógrafo, um arquivo ou outro visualizador envia (DICOM C-STORE).</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Calibração</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Choose an action, then press its new shortcut here:</source>
        <translation>Escolha uma ação e pressione aqui as novas teclas:</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Cine faster</source>
        <translation>Cine mais rápido</translation>
    </message>
    <message>
        <source>Cine slower</source>
        <translation>Cine mais lento</translation>
    </message>
    <message>
        <source>Cine rate, if not given in the file</source>
        <translation>Cine, quando o arquivo não diz</translation>
    </message>
    <message>
        <source>Classify a folder</source>
        <translation>Classificar uma pasta</translation>
    </message>
    <message>
        <source>Clear lungs</source>
        <translation>Pulmões limpos</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Close &amp;all</source>
        <translation>Fechar &amp;tudo</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Fechar este aviso</translation>
    </message>
    <message>
        <source>Co&amp;bb angle</source>
        <translation>Ângulo de Co&amp;bb</translation>
    </message>
    <message>
        <source>Cobb {angle:.1f}°</source>
        <translation>Cobb {angle:.1f}°</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Cores</translation>
    </message>
    <message>
        <source>Colours of the heat map</source>
        <translation>Cores do mapa de calor</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Copiar detalhes</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Copiar a lista</translation>
    </message>
    <message>
        <source>Overlay &amp;text: all, minimal, none</source>
        <translation>&amp;Textos nos cantos: todos, mínimo, nenhum</translation>
    </message>
    <message>
        <source>Overlay text</source>
        <translation>Textos nos cantos</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>Coronal</translation>
    </message>
    <message>
        <source>CovidViewer {version}</source>
        <translation>CovidViewer {version}</translation>
    </message>
    <message>
        <source>Ctrl + left drag</source>
        <translation>Ctrl + arrastar com o botão esquerdo</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + roda</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Curva</translation>
    </message>
    <message>
        <source>DICOM &amp;tags…</source>
        <translation>&amp;Atributos DICOM…</translation>
    </message>
    <message>
        <source>DICOM tags</source>
        <translation>Atributos DICOM</translation>
    </message>
    <message>
        <source>DICOM tags of {file}</source>
        <translation>Atributos DICOM de {file}</translation>
    </message>
    <message>
        <source>DICOM, PNG, JPEG, TIFF, BMP or WebP, also in a ZIP archive</source>
        <translation>DICOM, PNG, JPEG, TIFF, BMP ou WebP, também em arquivo ZIP</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Dados</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>Data do estudo</translation>
    </message>
    <message>
        <source>Densities are estimated: the image has no Hounsfield units.</source>
        <translation>As densidades são estimadas: a imagem não tem unidades Hounsfield.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Changes to device, engine and threads take effect at the next start.</source>
        <translation>Dispositivo, motor e threads valem a partir do próximo início.</translation>
    </message>
    <message>
        <source>Done: {files}{failed}. The table has been written.</source>
        <translation>Pronto: {files}{failed}. A tabela foi gravada.</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Clique duplo</translation>
    </message>
    <message>
        <source>Drag the edge to move it or a corner to resize it; the score is updated.</source>
        <translation>Arraste a borda para mover e um canto para redimensionar; o escore acompanha.</translation>
    </message>
    <message>
        <source>Drag the box</source>
        <translation>Arrastar a caixa</translation>
    </message>
    <message>
        <source>Drag up to darken the image</source>
        <translation>Arrastar para cima escurece a imagem</translation>
    </message>
    <message>
        <source>Drop CT files or a folder here</source>
        <translation>Solte aqui arquivos de TC ou uma pasta</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energia</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Épocas</translation>
    </message>
    <message>
        <source>Export image</source>
        <translation>Exportar a imagem</translation>
    </message>
    <message>
        <source>F&amp;reehand</source>
        <translation>À mão liv&amp;re</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>&amp;Tela cheia</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Com falha</translation>
    </message>
    <message>
        <source>Few signs of opacities like those of COVID-19.</source>
        <translation>Poucos sinais de opacidades como as da COVID-19.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Arquivos</translation>
    </message>
    <message>
        <source>U&amp;nreadable files…</source>
        <translation>Arquivos &amp;ilegíveis…</translation>
    </message>
    <message>
        <source>Files and slices</source>
        <translation>Arquivos e cortes</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>Arquivos ilegíveis</translation>
    </message>
    <message>
        <source>Files of the batch</source>
        <translation>Arquivos do lote</translation>
    </message>
    <message>
        <source>Failed files</source>
        <translation>Arquivos com falha</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Impressão digital</translation>
    </message>
    <message>
        <source>Custom preset 1</source>
        <translation>Predefinição própria 1</translation>
    </message>
    <message>
        <source>First slice</source>
        <translation>Primeiro corte</translation>
    </message>
    <message>
        <source>Flip &amp;horizontally</source>
        <translation>Espelhar na &amp;horizontal</translation>
    </message>
    <message>
        <source>Flip &amp;vertically</source>
        <translation>Espelhar na &amp;vertical</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>Folder for DICOM objects</source>
        <translation>Pasta para os objetos DICOM</translation>
    </message>
    <message>
        <source>Folder for received series</source>
        <translation>Pasta para as séries recebidas</translation>
    </message>
    <message>
        <source>Folders by URL need fsspec; “pip install covidviewer[cluster]” installs it.</source>
        <translation>Pastas por URL precisam do fsspec; “pip install covidviewer[cluster]” o instala.</translation>
    </message>
    <message>
        <source>Include subfolders</source>
        <translation>Também as pastas dentro da pasta</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Geral</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Resumes the earlier run of this table: processes only new, changed and failed files.</source>
        <translation>Continua a execução anterior desta tabela: só o que é novo, mudou ou falhou.</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Grey values, no HU</source>
        <translation>Níveis de cinza, sem HU</translation>
    </message>
    <message>
        <source>Grouped test</source>
        <translation>Teste agrupado</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Heat maps</source>
        <translation>Mapas de calor</translation>
    </message>
    <message>
        <source>Heat maps and scores are written as DICOM objects, without patient attributes.</source>
        <translation>Os mapas de calor e os escores foram gravados como objetos DICOM, sem os elementos do paciente.</translation>
    </message>
    <message>
        <source>Heat maps cannot be written to the folder of the images.</source>
        <translation>Os mapas de calor precisam de outra pasta que não a das imagens.</translation>
    </message>
    <message>
        <source>Heat maps of scored slices</source>
        <translation>Mapas de calor dos cortes com escore</translation>
    </message>
    <message>
        <source>Here a lobar pneumonia. It gets a high score too.</source>
        <translation>Aqui, uma pneumonia que preenche um lobo. Também recebe um escore alto.</translation>
    </message>
    <message>
        <source>Hide {panel}</source>
        <translation>Ocultar {panel}</translation>
    </message>
    <message>
        <source>Highest score</source>
        <translation>Maior escore</translation>
    </message>
    <message>
        <source>Histogram of the region</source>
        <translation>Histograma da região</translation>
    </message>
    <message>
        <source>Hold Space</source>
        <translation>Manter Espaço pressionado</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagem</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Instituição</translation>
    </message>
    <message>
        <source>Saving failed; see the log for details.</source>
        <translation>Não foi possível salvar; o registro diz por quê.</translation>
    </message>
    <message>
        <source>It separates slices with opacities like those of COVID-19 from clear lungs; it cannot tell COVID-19 from other lung disease.</source>
        <translation>Separa cortes com opacidades como as da COVID-19 de pulmões limpos; não distingue a COVID-19 de outra doença pulmonar.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Filtro de reconstrução</translation>
    </message>
    <message>
        <source>Key image</source>
        <translation>Imagem-chave</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Atalhos</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atalhos de teclado</translation>
    </message>
    <message>
        <source>Shortcut or gesture</source>
        <translation>Atalho ou gesto</translation>
    </message>
    <message>
        <source>Reference labels and scores</source>
        <translation>Rótulos de referência e escores</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Heat map on the image</source>
        <translation>Mapa de calor na imagem</translation>
    </message>
    <message>
        <source>Automatic: first to pass the self-check, fastest for long runs</source>
        <translation>Automático: o primeiro que calcula certo, em séries longas o mais rápido</translation>
    </message>
    <message>
        <source>Files to show</source>
        <translation>Arquivos a mostrar</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Horas</translation>
    </message>
    <message>
        <source>Language: {later}</source>
        <translation>Idioma: {later}</translation>
    </message>
    <message>
        <source>Last slice</source>
        <translation>Último corte</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>Arrastar com o botão esquerdo</translation>
    </message>
    <message>
        <source>Left drag in the planes</source>
        <translation>Arrastar com o botão esquerdo nos planos</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nível</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>Como o sistema</translation>
    </message>
    <message>
        <source>Listening on port {port} as {title}, for {who}.</source>
        <translation>Escutando na porta {port} como {title}, para {who}.</translation>
    </message>
    <message>
        <source>LiteRT</source>
        <translation>LiteRT</translation>
    </message>
    <message>
        <source>LiteRT cannot be used here ({why}).</source>
        <translation>O LiteRT não pode ser usado aqui ({why}).</translation>
    </message>
    <message>
        <source>LiteRT cannot run the model ({why}).</source>
        <translation>O LiteRT não consegue executar o modelo ({why}).</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Carregando o modelo…</translation>
    </message>
    <message>
        <source>Searching for files</source>
        <translation>Procurando arquivos</translation>
    </message>
    <message>
        <source>Lungs and density ranges on the image</source>
        <translation>Pulmões e faixas de opacidade na imagem</translation>
    </message>
    <message>
        <source>Lungs cannot be distinguished from fat in this image; its window may be a soft-tissue window.</source>
        <translation>Nesta imagem não se distingue pulmão de gordura; a janela pode ser de partes moles.</translation>
    </message>
    <message>
        <source>Ma&amp;gnifier</source>
        <translation>&amp;Lupa</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Máquina</translation>
    </message>
    <message>
        <source>Manufacturer</source>
        <translation>Fabricante</translation>
    </message>
    <message>
        <source>Mean {mean} {unit}</source>
        <translation>Média {mean} {unit}</translation>
    </message>
    <message>
        <source>Measure all engines</source>
        <translation>Medir todos os motores</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Medindo…</translation>
    </message>
    <message>
        <source>Memory for slices</source>
        <translation>Memória para cortes</translation>
    </message>
    <message>
        <source>Memory: {later}</source>
        <translation>Memória: {later}</translation>
    </message>
    <message>
        <source>Middle drag, Shift + left drag</source>
        <translation>Arrastar com o botão do meio, Shift + botão esquerdo</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalidade</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Ficha do modelo</translation>
    </message>
    <message>
        <source>More slices of an open series have arrived; reopen its folder to see them.</source>
        <translation>Chegaram mais cortes de uma série que está aberta; abra a pasta dela de novo para vê-los.</translation>
    </message>
    <message>
        <source>Mouse and Space</source>
        <translation>Mouse e Espaço</translation>
    </message>
    <message>
        <source>Move the box</source>
        <translation>Mover o quadro</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Mover a imagem</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Nome da predefinição</translation>
    </message>
    <message>
        <source>Ne&amp;xt series in second view</source>
        <translation>Pró&amp;xima série na segunda vista</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Rede</translation>
    </message>
    <message>
        <source>New shortcut</source>
        <translation>Novo atalho</translation>
    </message>
    <message>
        <source>Next series</source>
        <translation>Próxima série</translation>
    </message>
    <message>
        <source>Next slice</source>
        <translation>Próximo corte</translation>
    </message>
    <message>
        <source>No suitable GPU was found; using the CPU.</source>
        <translation>Não foi encontrada GPU adequada; será usada a CPU.</translation>
    </message>
    <message>
        <source>No shortcut</source>
        <translation>Sem atalho</translation>
    </message>
    <message>
        <source>Cannot listen on {where}: {why}.</source>
        <translation>Não é possível escutar em {where}: {why}.</translation>
    </message>
    <message>
        <source>No lungs were found in this slice.</source>
        <translation>Não foram encontrados pulmões neste corte.</translation>
    </message>
    <message>
        <source>No opacities like those of COVID-19 were seen by the model.</source>
        <translation>O modelo não viu opacidades como as da COVID-19.</translation>
    </message>
    <message>
        <source>No process could be started to read the images.</source>
        <translation>Nenhum processo pode ser iniciado aqui para ler as imagens.</translation>
    </message>
    <message>
        <source>No score</source>
        <translation>Sem escore</translation>
    </message>
    <message>
        <source>No score for this slice</source>
        <translation>Sem escore para este corte</translation>
    </message>
    <message>
        <source>No scores: the model cannot be used</source>
        <translation>Sem escores: o modelo não pode ser usado</translation>
    </message>
    <message>
        <source>No slice is open</source>
        <translation>Nenhum corte aberto</translation>
    </message>
    <message>
        <source>No slice of this series has a score; there is nothing to write.</source>
        <translation>Nenhum corte desta série tem escore, portanto não há nada a gravar.</translation>
    </message>
    <message>
        <source>No slice of this series has been analysed yet; there is nothing to report.</source>
        <translation>Nenhum corte desta série foi analisado ainda, portanto não há o que relatar.</translation>
    </message>
    <message>
        <source>None of the {n} files could be read.</source>
        <translation>Nenhum dos {n} arquivos pôde ser lido.</translation>
    </message>
    <message>
        <source>Not analysed</source>
        <translation>Não analisado</translation>
    </message>
    <message>
        <source>Not analysed yet</source>
        <translation>Ainda não analisado</translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and no file in the folder is changed.</source>
        <translation>Nada sai deste computador, e nenhum arquivo da pasta é alterado.</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Now: {engine}.</source>
        <translation>Agora: {engine}.</translation>
    </message>
    <message>
        <source>Off. The program listens only after you click Start.</source>
        <translation>Desligado. Nada escuta até você iniciar.</translation>
    </message>
    <message>
        <source>One file could not be read.</source>
        <translation>Um arquivo não pôde ser lido.</translation>
    </message>
    <message>
        <source>One slice, not a patient</source>
        <translation>Um corte, não um paciente</translation>
    </message>
    <message>
        <source>Only a trachea was found in this slice, no lungs.</source>
        <translation>Neste corte só foi encontrada uma traqueia, nenhum pulmão.</translation>
    </message>
    <message>
        <source>Only scores of DICOM files can be written as DICOM.</source>
        <translation>Só os escores de arquivos DICOM podem ser gravados como DICOM.</translation>
    </message>
    <message>
        <source>Only the first {n} elements are listed.</source>
        <translation>Só os primeiros {n} elementos são listados.</translation>
    </message>
    <message>
        <source>Opacified area</source>
        <translation>Área opacificada</translation>
    </message>
    <message>
        <source>Opacities have many causes: other pneumonia, bleeding, oedema, tumour. The model has seen hardly any of them and gives them high scores too. A low score does not exclude a disease, and a high one does not name it.</source>
        <translation>Opacidades têm muitas causas: outra pneumonia, sangramento, edema, tumor. O modelo quase não viu essas causas e também lhes dá escores altos. Um escore baixo não exclui uma doença, e um alto não lhe dá nome.</translation>
    </message>
    <message>
        <source>Opacities like those of COVID-19</source>
        <translation>Opacidades como as da COVID-19</translation>
    </message>
    <message>
        <source>Opacities like those of COVID-19, or of another disease that looks alike.</source>
        <translation>Opacidades como as da COVID-19, ou de outra doença de aspecto semelhante.</translation>
    </message>
    <message>
        <source>Opacity, measured</source>
        <translation>Opacidade, medida</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Abrir &amp;pasta…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Abrir &amp;recentes</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Abrir arquivos</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Abrir arquivos…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir pasta</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Abrir pasta…</translation>
    </message>
    <message>
        <source>Open the &amp;sample scan</source>
        <translation>Abrir o &amp;exame de amostra</translation>
    </message>
    <message>
        <source>Open the sample scan</source>
        <translation>Abrir o exame de amostra</translation>
    </message>
    <message>
        <source>Reopen &amp;last session</source>
        <translation>Abrir o que estava aberto por ú&amp;ltimo</translation>
    </message>
    <message>
        <source>Reopen last session</source>
        <translation>Reabrir a última sessão</translation>
    </message>
    <message>
        <source>OpenVINO</source>
        <translation>OpenVINO</translation>
    </message>
    <message>
        <source>OpenVINO cannot be used here ({why}).</source>
        <translation>O OpenVINO não pode ser usado aqui ({why}).</translation>
    </message>
    <message>
        <source>OpenVINO cannot run the model ({why}).</source>
        <translation>O OpenVINO não consegue executar o modelo ({why}).</translation>
    </message>
    <message>
        <source>Opened {files} of {all} files; {n} could not be read.</source>
        <translation>{files} de {all} arquivos abertos; {n} não puderam ser lidos.</translation>
    </message>
    <message>
        <source>Orange and blue</source>
        <translation>Laranja e azul</translation>
    </message>
    <message>
        <source>Other source, clear lungs</source>
        <translation>Outra fonte, pulmões limpos</translation>
    </message>
    <message>
        <source>Other source, other lung disease</source>
        <translation>Outra fonte, outra doença pulmonar</translation>
    </message>
    <message>
        <source>AE title of this program</source>
        <translation>Título AE deste programa</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Custom presets</source>
        <translation>Predefinições próprias</translation>
    </message>
    <message>
        <source>Custom presets, in Hounsfield units</source>
        <translation>Predefinições próprias, em unidades Hounsfield</translation>
    </message>
    <message>
        <source>PACS, SCANNER1; empty: any title</source>
        <translation>PACS, SCANNER1; vazio: qualquer título</translation>
    </message>
    <message>
        <source>Parquet files need pyarrow, which installers do not include: use .csv, or “pip install covidviewer[parquet]”.</source>
        <translation>Arquivos Parquet precisam do pyarrow, que os instaladores não trazem: use .csv, ou “pip install covidviewer[parquet]”.</translation>
    </message>
    <message>
        <source>Body part</source>
        <translation>Parte do corpo</translation>
    </message>
    <message>
        <source>Patient&apos;s name</source>
        <translation>Nome do paciente</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>ID do paciente</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Paused. {done} are completed and saved.</source>
        <translation>Em pausa. {done} estão prontos e guardados.</translation>
    </message>
    <message>
        <source>Paused. {done} of {all} files are completed and saved.</source>
        <translation>Em pausa. {done} de {all} arquivos estão prontos e guardados.</translation>
    </message>
    <message>
        <source>Planes: a&amp;xial, coronal, sagittal</source>
        <translation>Planos: a&amp;xial, coronal, sagital</translation>
    </message>
    <message>
        <source>Play &amp;cine</source>
        <translation>Reproduzir &amp;cine</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Porta</translation>
    </message>
    <message>
        <source>Position {mm} mm</source>
        <translation>Posição {mm} mm</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisão</translation>
    </message>
    <message>
        <source>Previous series</source>
        <translation>Série anterior</translation>
    </message>
    <message>
        <source>Previous slice</source>
        <translation>Corte anterior</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Program: Apache License 2.0. The model has a separate licence, given in its card.</source>
        <translation>Programa: Licença Apache 2.0. O modelo tem licença própria, indicada em sua ficha.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progresso</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>Progresso do lote</translation>
    </message>
    <message>
        <source>Progress of the series analysis</source>
        <translation>Progresso da análise da série</translation>
    </message>
    <message>
        <source>Purple and green</source>
        <translation>Roxo e verde</translation>
    </message>
    <message>
        <source>Reset bo&amp;x</source>
        <translation>Pôr a caixa de &amp;volta</translation>
    </message>
    <message>
        <source>Reset box</source>
        <translation>Repor o quadro</translation>
    </message>
    <message>
        <source>Python, Qt for Python</source>
        <translation>Python, Qt para Python</translation>
    </message>
    <message>
        <source>A number from 0 to 100 %: how much this one slice looks like the slices of COVID-19 patients in the data that the model was trained on, rather than like the clear lungs in it. It was fitted to be a probability on those data; on other scanners, and among other diseases, it is none.</source>
        <translation>Um número de 0 a 100 %: quanto este corte se parece com os cortes de pacientes com COVID-19 nos dados em que o modelo foi treinado, e não com os pulmões limpos desses dados. Nesses dados foi ajustado para ser uma probabilidade; em outros tomógrafos, e entre outras doenças, não é nenhuma.</translation>
    </message>
    <message>
        <source>As in the grouped test, within its own data set</source>
        <translation>Como no teste agrupado, dentro do próprio conjunto de dados</translation>
    </message>
    <message>
        <source>As in the test on another source, clear lungs</source>
        <translation>Como no teste em outra fonte, pulmões limpos</translation>
    </message>
    <message>
        <source>As in the test with other lung disease</source>
        <translation>Como no teste com outra doença pulmonar</translation>
    </message>
    <message>
        <source>COVID-19 likeness</source>
        <translation>Semelhança com COVID-19</translation>
    </message>
    <message>
        <source>In the test on another source, {share} of the COVID-19 patients&apos; scored slices stayed below the threshold.</source>
        <translation>No teste em outra fonte, {share} dos cortes pontuados de pacientes com COVID-19 ficaram abaixo do limiar.</translation>
    </message>
    <message>
        <source>In the test on another source, {share} of the clear scored slices reached the threshold all the same.</source>
        <translation>No teste em outra fonte, {share} dos cortes limpos pontuados atingiram o limiar mesmo assim.</translation>
    </message>
    <message>
        <source>In the test with other lung disease, {share} of the slices without COVID-19 reached the threshold.</source>
        <translation>No teste com outra doença pulmonar, {share} dos cortes sem COVID-19 atingiram o limiar.</translation>
    </message>
    <message>
        <source>Left out: {n} slices that the model was trained on and {m} that it was calibrated on, since their scores say nothing about new slices.</source>
        <translation>Deixados de fora: {n} cortes em que o modelo foi treinado e {m} em que foi calibrado, pois seus escores nada dizem sobre cortes novos.</translation>
    </message>
    <message>
        <source>Of the slices looked at, from COVID-19 patients:</source>
        <translation>Dos cortes examinados, de pacientes com COVID-19:</translation>
    </message>
    <message>
        <source>Outside its data set, {clear}&#xa0;% of clear lungs score above the threshold too.</source>
        <translation>Fora do seu conjunto de dados, {clear}&#xa0;% dos pulmões limpos também pontuam acima do limiar.</translation>
    </message>
    <message>
        <source>Outside its data set, {disease}&#xa0;% of slices with other lung disease and {clear}&#xa0;% of clear lungs score above the threshold too.</source>
        <translation>Fora do seu conjunto de dados, {disease}&#xa0;% dos cortes com outra doença pulmonar e {clear}&#xa0;% dos pulmões limpos também pontuam acima do limiar.</translation>
    </message>
    <message>
        <source>Outside its data set, {disease}&#xa0;% of slices with other lung disease score above the threshold too.</source>
        <translation>Fora do seu conjunto de dados, {disease}&#xa0;% dos cortes com outra doença pulmonar também pontuam acima do limiar.</translation>
    </message>
    <message>
        <source>Outside its data set, {missed}&#xa0;% of COVID-19 patients&apos; slices score below the threshold too: a low score excludes nothing.</source>
        <translation>Fora do seu conjunto de dados, {missed}&#xa0;% dos cortes de pacientes com COVID-19 também pontuam abaixo do limiar: um escore baixo não exclui nada.</translation>
    </message>
    <message>
        <source>Random test</source>
        <translation>Teste aleatório</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Leitura</translation>
    </message>
    <message>
        <source>Reading slice {done} of {total} for the planes</source>
        <translation>Lendo o corte {done} de {total} para os planos</translation>
    </message>
    <message>
        <source>Reading {done} of {total} files</source>
        <translation>Lendo {done} de {total} arquivos</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lendo…</translation>
    </message>
    <message>
        <source>Rec&amp;tangle</source>
        <translation>Re&amp;tângulo</translation>
    </message>
    <message>
        <source>Receive series</source>
        <translation>Receber séries</translation>
    </message>
    <message>
        <source>Receiving failed unexpectedly; see the log for details.</source>
        <translation>O recebimento encontrou um erro imprevisto; o registro diz qual.</translation>
    </message>
    <message>
        <source>Receiving needs pynetdicom; “pip install covidviewer[dicom-in]” installs it.</source>
        <translation>Receber precisa do pynetdicom; “pip install covidviewer[dicom-in]” o instala.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Recentes</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Remove &amp;all on this slice</source>
        <translation>Remover &amp;todas deste corte</translation>
    </message>
    <message>
        <source>Remove &amp;last measurement</source>
        <translation>Remover a ú&amp;ltima medida</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>Research use only. Not a medical device. Not for diagnosis.</source>
        <translation>Somente para pesquisa. Não é um dispositivo médico. Não serve para diagnóstico.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Clique com o botão direito</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>Arrastar com o botão direito</translation>
    </message>
    <message>
        <source>Rotate &amp;left</source>
        <translation>Girar à &amp;esquerda</translation>
    </message>
    <message>
        <source>Rotate &amp;right</source>
        <translation>Girar à &amp;direita</translation>
    </message>
    <message>
        <source>SD {deviation:.1f}</source>
        <translation>DP {deviation:.1f}</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>Sagital</translation>
    </message>
    <message>
        <source>Save &amp;report of the slice…</source>
        <translation>Salvar &amp;relatório do corte…</translation>
    </message>
    <message>
        <source>Save repor&amp;t of the series…</source>
        <translation>Salvar rela&amp;tório da série…</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Salvar relatório</translation>
    </message>
    <message>
        <source>Save scores as &amp;DICOM…</source>
        <translation>Salvar escores como &amp;DICOM…</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Tomógrafo</translation>
    </message>
    <message>
        <source>Score the current slice automatically</source>
        <translation>Dar escore ao corte exibido automaticamente</translation>
    </message>
    <message>
        <source>Scored</source>
        <translation>Com escore</translation>
    </message>
    <message>
        <source>Scored as {label}</source>
        <translation>Classificados como {label}</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Escores</translation>
    </message>
    <message>
        <source>Scores over the series</source>
        <translation>Escores ao longo da série</translation>
    </message>
    <message>
        <source>Screen scale</source>
        <translation>Escala da tela</translation>
    </message>
    <message>
        <source>Scroll both &amp;together</source>
        <translation>Percorrer as duas &amp;juntas</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search tag, name or value</source>
        <translation>Buscar atributo, nome ou valor</translation>
    </message>
    <message>
        <source>Custom preset 2</source>
        <translation>Predefinição própria 2</translation>
    </message>
    <message>
        <source>Second view</source>
        <translation>Segunda vista</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semente</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Série</translation>
    </message>
    <message>
        <source>Series score {score}{so_far}</source>
        <translation>Escore da série {score}{so_far}</translation>
    </message>
    <message>
        <source>Series, highest score first</source>
        <translation>Séries, o maior escore primeiro</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Sex and age</source>
        <translation>Sexo e idade</translation>
    </message>
    <message>
        <source>Should get a high score.</source>
        <translation>Deve receber um escore alto.</translation>
    </message>
    <message>
        <source>Should get a low score.</source>
        <translation>Deve receber um escore baixo.</translation>
    </message>
    <message>
        <source>Show list</source>
        <translation>Mostrar a lista</translation>
    </message>
    <message>
        <source>Show lungs and density ranges</source>
        <translation>Mostrar pulmões e faixas</translation>
    </message>
    <message>
        <source>Show on the image</source>
        <translation>Mostrar na imagem</translation>
    </message>
    <message>
        <source>Show patient &amp;name</source>
        <translation>Mostrar o &amp;nome do paciente</translation>
    </message>
    <message>
        <source>Show the box</source>
        <translation>Mostrar o quadro</translation>
    </message>
    <message>
        <source>Show the table&apos;s folder</source>
        <translation>Mostrar a pasta da tabela</translation>
    </message>
    <message>
        <source>Shows chest CT and scores slices with a ResNet101 that runs on this computer. Nothing leaves it.</source>
        <translation>Mostra TC de tórax e dá escores aos cortes com uma ResNet101 que roda neste computador. Nada sai dele.</translation>
    </message>
    <message>
        <source>Shows which regions influenced the score, on a coarse grid of 7 × 7 cells; it cannot show why, nor where disease is.</source>
        <translation>Mostra que lugares mudaram o escore, em 7 × 7 células grosseiras; não mostra por quê, nem onde há doença.</translation>
    </message>
    <message>
        <source>Resize the box</source>
        <translation>Redimensionar o quadro</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>Corte</translation>
    </message>
    <message>
        <source>Slice {index} of {count}</source>
        <translation>Corte {index} de {count}</translation>
    </message>
    <message>
        <source>The size of slice {n} differs from its header.</source>
        <translation>O corte {n} tem outro tamanho que o de seu cabeçalho.</translation>
    </message>
    <message>
        <source>Slice {n}: {score}</source>
        <translation>Corte {n}: {score}</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>Cortes</translation>
    </message>
    <message>
        <source>Slices above and below the lungs, or with little lung, carry little information. Look at the whole series, and at the slices themselves.</source>
        <translation>Cortes acima e abaixo dos pulmões, ou com pouco pulmão, dizem pouco. Olhe a série inteira, e os próprios cortes.</translation>
    </message>
    <message>
        <source>Slices in memory</source>
        <translation>Cortes na memória</translation>
    </message>
    <message>
        <source>Slices in which no lungs are found, and images unlike the training data, get no score; the reason is shown.</source>
        <translation>Cortes em que não se encontram pulmões, e imagens diferentes de tudo nos dados de treino, não recebem escore, e o motivo é dito.</translation>
    </message>
    <message>
        <source>Slices without a score</source>
        <translation>Cortes sem escore</translation>
    </message>
    <message>
        <source>Some signs of opacities like those of COVID-19.</source>
        <translation>Alguns sinais de opacidades como as da COVID-19.</translation>
    </message>
    <message>
        <source>Another file is being saved.</source>
        <translation>Outra coisa está sendo salva.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Started from</source>
        <translation>Iniciado a partir de</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Iniciando…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Stopped. {done} Click Start to resume.</source>
        <translation>Parado. {done} Iniciar continua.</translation>
    </message>
    <message>
        <source>Stopping after the current slices…</source>
        <translation>Parando depois dos cortes em curso…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Parando…</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Intensidade</translation>
    </message>
    <message>
        <source>Strength of the heat map</source>
        <translation>Intensidade do mapa de calor</translation>
    </message>
    <message>
        <source>Highest-scoring slices</source>
        <translation>Cortes de maior escore</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Estudo</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumo</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistema</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabela</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Atributo</translation>
    </message>
    <message>
        <source>Takes a few seconds; no slice is analysed in the meantime.</source>
        <translation>Leva alguns segundos, nos quais nenhum corte é analisado.</translation>
    </message>
    <message>
        <source>Back 10 slices</source>
        <translation>Dez cortes para trás</translation>
    </message>
    <message>
        <source>Forward 10 slices</source>
        <translation>Dez cortes adiante</translation>
    </message>
    <message>
        <source>The &amp;file&apos;s windows</source>
        <translation>Janelas do &amp;arquivo</translation>
    </message>
    <message>
        <source>The DICOM file contains no pixel data, or ends before them.</source>
        <translation>O arquivo DICOM não tem pixels, ou termina antes deles.</translation>
    </message>
    <message>
        <source>The DICOM header is damaged.</source>
        <translation>O cabeçalho DICOM está danificado.</translation>
    </message>
    <message>
        <source>The DICOM header gives no rows or no columns.</source>
        <translation>O cabeçalho DICOM indica uma imagem sem linhas ou colunas.</translation>
    </message>
    <message>
        <source>The DICOMDIR is damaged.</source>
        <translation>O DICOMDIR está danificado.</translation>
    </message>
    <message>
        <source>The DICOMDIR references no images.</source>
        <translation>O DICOMDIR não indica imagens.</translation>
    </message>
    <message>
        <source>The DICOMDIR references this file, but it cannot be accessed.</source>
        <translation>O DICOMDIR indica este arquivo, mas não é possível chegar a ele.</translation>
    </message>
    <message>
        <source>The DICOMDIR references this file, but it does not exist.</source>
        <translation>O DICOMDIR indica este arquivo, mas ele não está lá.</translation>
    </message>
    <message>
        <source>The DICOMDIR references a file outside its folder; skipped.</source>
        <translation>O DICOMDIR aponta para fora de sua pasta, o que não é seguido.</translation>
    </message>
    <message>
        <source>The archive contains no images.</source>
        <translation>O arquivo compactado não contém imagens.</translation>
    </message>
    <message>
        <source>The archive contains {count} files, more than the limit of {limit}.</source>
        <translation>O arquivo compactado contém {count} arquivos, mais que o limite de {limit}.</translation>
    </message>
    <message>
        <source>The archive is damaged.</source>
        <translation>O arquivo compactado está danificado.</translation>
    </message>
    <message>
        <source>The batch failed unexpectedly; see the log for details. Completed work is saved.</source>
        <translation>O lote encontrou um erro que ninguém previu; o registro diz qual. O que foi feito está guardado.</translation>
    </message>
    <message>
        <source>The selected rows, or all rows shown</source>
        <translation>As linhas escolhidas, ou todas as exibidas</translation>
    </message>
    <message>
        <source>The dark regions are darker than the surrounding air, so they are not lungs.</source>
        <translation>As regiões escuras são mais escuras que o ar ao redor, portanto não são pulmões.</translation>
    </message>
    <message>
        <source>The dark regions are surrounded by bone, as in a head, and contain only air.</source>
        <translation>As regiões escuras ficam entre ossos, como em uma cabeça, e contêm só ar.</translation>
    </message>
    <message>
        <source>There is not enough disk space for another object.</source>
        <translation>O disco está cheio demais para mais um objeto.</translation>
    </message>
    <message>
        <source>The engine {engine} is not installed here.</source>
        <translation>O motor {engine} não está instalado aqui.</translation>
    </message>
    <message>
        <source>The field before</source>
        <translation>O campo anterior</translation>
    </message>
    <message>
        <source>The file cannot be downloaded: {why}.</source>
        <translation>O arquivo não pode ser obtido: {why}.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>O arquivo não pode ser lido.</translation>
    </message>
    <message>
        <source>The file cannot be read: it is damaged.</source>
        <translation>O arquivo não pode ser lido: está danificado de um modo imprevisto.</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>O arquivo não pode ser lido: {reason}.</translation>
    </message>
    <message>
        <source>The file could not be read within {seconds:.0f} seconds.</source>
        <translation>O arquivo não pôde ser lido em {seconds:.0f} segundos.</translation>
    </message>
    <message>
        <source>The file could not be read: it is damaged.</source>
        <translation>O arquivo não pôde ser lido: está danificado de um modo imprevisto.</translation>
    </message>
    <message>
        <source>The file could not be read: it crashed the reader.</source>
        <translation>O arquivo não pôde ser lido: o programa que o lê terminou nele.</translation>
    </message>
    <message>
        <source>The file has no valid {name}, so it cannot be referenced.</source>
        <translation>O arquivo não tem {name} válido, portanto nada pode ser ligado a ele.</translation>
    </message>
    <message>
        <source>The file has {frames} frames; frame {frame} does not exist.</source>
        <translation>O arquivo tem {frames} quadros, e nenhum quadro {frame}.</translation>
    </message>
    <message>
        <source>The file has {frames} frames, more than the limit of {limit}.</source>
        <translation>O arquivo tem {frames} quadros, mais que o limite de {limit}.</translation>
    </message>
    <message>
        <source>The file has {pages} pages; page {page} does not exist.</source>
        <translation>O arquivo tem {pages} páginas, e nenhuma página {page}.</translation>
    </message>
    <message>
        <source>The file contains a video, which is not supported.</source>
        <translation>O arquivo contém um vídeo, que este programa não exibe.</translation>
    </message>
    <message>
        <source>The file is a symbolic link to itself.</source>
        <translation>O arquivo é um atalho que leva de volta a si mesmo.</translation>
    </message>
    <message>
        <source>The file is truncated: its pixel data are incomplete.</source>
        <translation>O arquivo está cortado: seus pixels estão incompletos.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>O arquivo está vazio.</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>O arquivo não está lá.</translation>
    </message>
    <message>
        <source>According to the file, the image shows the {part}, not the chest.</source>
        <translation>O arquivo diz que mostra: {part}, e não o tórax.</translation>
    </message>
    <message>
        <source>The file expands to more than {limit} MB.</source>
        <translation>O arquivo descompactado passa de {limit} MB.</translation>
    </message>
    <message>
        <source>Fr&amp;om the file</source>
        <translation>A do pró&amp;prio arquivo</translation>
    </message>
    <message>
        <source>The files could not be opened; see the log for details.</source>
        <translation>Os arquivos não puderam ser abertos; o registro diz por quê.</translation>
    </message>
    <message>
        <source>The files of the last session no longer exist.</source>
        <translation>Os arquivos abertos por último não estão mais lá.</translation>
    </message>
    <message>
        <source>The folder of “{path}” does not exist.</source>
        <translation>A pasta de “{path}” não existe.</translation>
    </message>
    <message>
        <source>The folder “{path}” cannot be created: {why}.</source>
        <translation>A pasta “{path}” não pode ser criada: {why}.</translation>
    </message>
    <message>
        <source>The gantry was tilted, so the series cannot be reformatted.</source>
        <translation>O gantry estava inclinado, portanto não é possível cortar outros planos.</translation>
    </message>
    <message>
        <source>The GPU failed the self-check; using the CPU.</source>
        <translation>A GPU não passou no autoteste; será usada a CPU.</translation>
    </message>
    <message>
        <source>The GPU stopped responding; using the CPU.</source>
        <translation>A GPU parou de responder; será usada a CPU.</translation>
    </message>
    <message>
        <source>The header contains values that are not valid in DICOM.</source>
        <translation>Os valores do cabeçalho não podem ser gravados como o DICOM exige.</translation>
    </message>
    <message>
        <source>The heat map</source>
        <translation>O mapa de calor</translation>
    </message>
    <message>
        <source>The list of open files is too long to be saved.</source>
        <translation>A lista de arquivos abertos é longa demais para ser guardada.</translation>
    </message>
    <message>
        <source>The lungs are cut off at the edge of the image.</source>
        <translation>Os pulmões estão cortados pela borda da imagem.</translation>
    </message>
    <message>
        <source>The model cannot tell.</source>
        <translation>O modelo não sabe dizer.</translation>
    </message>
    <message>
        <source>The model returned a non-finite score for this slice.</source>
        <translation>O modelo devolveu um escore não finito para este corte.</translation>
    </message>
    <message>
        <source>The model failed the self-check on this computer; nothing is scored.</source>
        <translation>O modelo não passou no autoteste neste computador; nenhum escore é dado.</translation>
    </message>
    <message>
        <source>The model could not be loaded; see the log for details.</source>
        <translation>O modelo não pôde ser carregado; o registro diz por quê.</translation>
    </message>
    <message>
        <source>The model in tests</source>
        <translation>O modelo nos testes</translation>
    </message>
    <message>
        <source>The model has been closed.</source>
        <translation>O modelo está fechado.</translation>
    </message>
    <message>
        <source>The model is still being loaded.</source>
        <translation>O modelo ainda está sendo carregado.</translation>
    </message>
    <message>
        <source>The model needs framing version {found}, which is not supported (expected {known}).</source>
        <translation>O modelo precisa da versão de enquadramento {found}, que não é compatível (esperada {known}).</translation>
    </message>
    <message>
        <source>Model card schema {found} is not supported (expected {known}).</source>
        <translation>O esquema {found} da ficha do modelo não é compatível (esperado {known}).</translation>
    </message>
    <message>
        <source>The model card is damaged ({file}); reinstall the program.</source>
        <translation>A ficha do modelo está danificada ({file}); instale o programa de novo.</translation>
    </message>
    <message>
        <source>The model card is incomplete ({fault}); reinstall the program.</source>
        <translation>A ficha do modelo está incompleta ({fault}); instale o programa de novo.</translation>
    </message>
    <message>
        <source>The model card is missing ({file}); reinstall the program.</source>
        <translation>Falta a ficha do modelo ({file}); instale o programa de novo.</translation>
    </message>
    <message>
        <source>The model file {file} cannot be read: {why}.</source>
        <translation>O arquivo {file} do modelo não pode ser lido: {why}.</translation>
    </message>
    <message>
        <source>The model file {file} is damaged; reinstall the program.</source>
        <translation>O arquivo {file} do modelo está danificado; instale o programa de novo.</translation>
    </message>
    <message>
        <source>The model file {file} is missing; reinstall the program.</source>
        <translation>Falta o arquivo {file} do modelo; instale o programa de novo.</translation>
    </message>
    <message>
        <source>The model&apos;s reference values cannot be read; reinstall the program.</source>
        <translation>Os números do modelo não podem ser lidos; instale o programa de novo.</translation>
    </message>
    <message>
        <source>The model&apos;s reference values do not include {name}; reinstall the program.</source>
        <translation>Falta {name} nos números do modelo; instale o programa de novo.</translation>
    </message>
    <message>
        <source>The next field</source>
        <translation>O próximo campo</translation>
    </message>
    <message>
        <source>The object cannot be read.</source>
        <translation>O objeto não pode ser lido.</translation>
    </message>
    <message>
        <source>The object has no valid UIDs.</source>
        <translation>O objeto não tem UIDs válidos.</translation>
    </message>
    <message>
        <source>The object does not match the announced UIDs.</source>
        <translation>O objeto não é o que foi anunciado.</translation>
    </message>
    <message>
        <source>The output “{path}” must have the extension .csv, .json or .parquet.</source>
        <translation>O nome da saída deve terminar em .csv, .json ou .parquet, e “{path}” não termina.</translation>
    </message>
    <message>
        <source>The part of the slice inside the box, with everything outside the lungs masked. If the lungs were not found correctly, move the box or do not use the score.</source>
        <translation>A parte do corte dentro da caixa, com tudo fora dos pulmões uniformizado. Se os pulmões foram encontrados errado, mova a caixa ou não use o escore.</translation>
    </message>
    <message>
        <source>Hide p&amp;anels</source>
        <translation>Ocultar p&amp;ainéis</translation>
    </message>
    <message>
        <source>The image could not be written; see the log for details.</source>
        <translation>A imagem não pôde ser gravada; o registro diz por quê.</translation>
    </message>
    <message>
        <source>The image has very little contrast.</source>
        <translation>A imagem quase não tem contraste.</translation>
    </message>
    <message>
        <source>The image has no contrast.</source>
        <translation>A imagem não tem contraste.</translation>
    </message>
    <message>
        <source>The image has no rows or no columns.</source>
        <translation>A imagem não tem linhas ou não tem colunas.</translation>
    </message>
    <message>
        <source>The image has {columns} x {rows} pixels, more than the limit of {limit} million.</source>
        <translation>A imagem tem {columns} x {rows} pixels, mais que o limite de {limit} milhões.</translation>
    </message>
    <message>
        <source>The image has {columns} x {rows} pixels; the model needs at least {least} on each side.</source>
        <translation>A imagem tem {columns} x {rows} pixels; o modelo precisa de pelo menos {least} em cada lado.</translation>
    </message>
    <message>
        <source>The image has {size}, more than the limit of {limit} million.</source>
        <translation>A imagem tem {size}, mais que o limite de {limit} milhões.</translation>
    </message>
    <message>
        <source>The image is damaged or truncated.</source>
        <translation>A imagem está danificada ou cortada.</translation>
    </message>
    <message>
        <source>The image is damaged: its header cannot be read.</source>
        <translation>A imagem está danificada: seu cabeçalho não pode ser lido.</translation>
    </message>
    <message>
        <source>The image is too small to find lungs in it.</source>
        <translation>A imagem é pequena demais para encontrar pulmões nela.</translation>
    </message>
    <message>
        <source>The image seems to be inverted: bright lungs in a dark body.</source>
        <translation>A imagem parece invertida: dois pulmões claros em um corpo escuro.</translation>
    </message>
    <message>
        <source>The image without heat map, lungs and box</source>
        <translation>A imagem sem mapa de calor, pulmões e caixa</translation>
    </message>
    <message>
        <source>The image “{name}” has been saved.</source>
        <translation>A imagem “{name}” foi gravada.</translation>
    </message>
    <message>
        <source>The images are synthetic chests, not patients; the model is not intended for scoring them.</source>
        <translation>As imagens são tórax sintéticos, não pacientes; o modelo não foi feito para avaliá-los.</translation>
    </message>
    <message>
        <source>The pixel data are compressed, but the file does not give the transfer syntax.</source>
        <translation>Os pixels estão comprimidos, e o arquivo não diz como.</translation>
    </message>
    <message>
        <source>The transfer syntax is not supported ({syntax}).</source>
        <translation>Os pixels estão armazenados de um modo não suportado ({syntax}).</translation>
    </message>
    <message>
        <source>The pixel data cannot be decoded: the file is damaged, or its header does not match them.</source>
        <translation>Os pixels não podem ser decodificados: o arquivo está danificado, ou o cabeçalho não combina com eles.</translation>
    </message>
    <message>
        <source>The planes could not be computed; see the log for details.</source>
        <translation>Os planos não puderam ser feitos; o registro diz por quê.</translation>
    </message>
    <message>
        <source>The planes of this series need {n} MB; increase the memory for slices in the settings.</source>
        <translation>Os planos desta série ocupam {n} MB; permita mais memória para cortes nas configurações.</translation>
    </message>
    <message>
        <source>The report “{name}” has been saved.</source>
        <translation>O relatório “{name}” foi gravado.</translation>
    </message>
    <message>
        <source>The report “{path}” must have the extension {forms}.</source>
        <translation>O nome do relatório deve terminar em {forms}, e “{path}” não termina.</translation>
    </message>
    <message>
        <source>The series score is the mean of its five highest slice scores (of all, if there are fewer). It was not validated on patients: use it to prioritise reading, not as a diagnosis.</source>
        <translation>O escore da série é a média dos cinco maiores escores de seus cortes (de todos, se houver menos). Não foi validado em pacientes: use-o para priorizar a leitura, não como diagnóstico.</translation>
    </message>
    <message>
        <source>The current image is not a DICOM file.</source>
        <translation>A imagem exibida não é um arquivo DICOM.</translation>
    </message>
    <message>
        <source>The slice differs too much from the training data.</source>
        <translation>O corte difere demais daqueles com que o modelo foi treinado.</translation>
    </message>
    <message>
        <source>The slice is not axial; the model accepts axial slices only.</source>
        <translation>O corte não é transversal ao corpo, e o modelo só conhece cortes axiais.</translation>
    </message>
    <message>
        <source>The slices are not evenly spaced, so the series cannot be reformatted.</source>
        <translation>Os cortes não têm espaçamento regular, portanto não é possível cortar outros planos.</translation>
    </message>
    <message>
        <source>The gantry was tilted by {n:.1f} degrees.</source>
        <translation>Os cortes estão deslocados entre si em {n:.1f} graus (gantry inclinado).</translation>
    </message>
    <message>
        <source>The slices are unevenly spaced ({least} to {most} mm).</source>
        <translation>Os cortes têm espaçamento irregular (de {least} a {most} mm).</translation>
    </message>
    <message>
        <source>The slices differ in size, so the series cannot be reformatted.</source>
        <translation>Os cortes diferem em tamanho, portanto não é possível cortar outros planos.</translation>
    </message>
    <message>
        <source>Slice positions and instance numbers are unknown: sorted by file name.</source>
        <translation>As posições e os números dos cortes são desconhecidos: ordenados pelo nome do arquivo.</translation>
    </message>
    <message>
        <source>The slice positions are unknown, so the series cannot be reformatted.</source>
        <translation>As posições dos cortes são desconhecidas, portanto não é possível cortar outros planos.</translation>
    </message>
    <message>
        <source>Slice positions are unknown: sorted by instance number.</source>
        <translation>As posições dos cortes são desconhecidas: ordenados pelo número da instância.</translation>
    </message>
    <message>
        <source>The tags could not be read; see the log for details.</source>
        <translation>Os atributos não puderam ser lidos; o registro diz por quê.</translation>
    </message>
    <message>
        <source>The workers have model {theirs}, this computer has {ours}; install the same version of the program on both.</source>
        <translation>Os trabalhadores têm o modelo {theirs}, este computador tem {ours}; instale a mesma versão do programa em ambos.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Permission to read the file was denied.</source>
        <translation>Não há permissão para ler o arquivo.</translation>
    </message>
    <message>
        <source>No images were found.</source>
        <translation>Não há imagem no que foi aberto.</translation>
    </message>
    <message>
        <source>There is no region on this slice. Draw an ellipse, a rectangle or a freehand outline.</source>
        <translation>Não há região neste corte. Desenhe uma elipse, um retângulo ou um contorno.</translation>
    </message>
    <message>
        <source>There is not enough memory for the planes of this series.</source>
        <translation>Não há memória suficiente para os planos desta série.</translation>
    </message>
    <message>
        <source>There is not enough memory to read the file.</source>
        <translation>Não há memória suficiente para ler o arquivo.</translation>
    </message>
    <message>
        <source>There is not enough memory to read the image.</source>
        <translation>Não há memória suficiente para ler a imagem.</translation>
    </message>
    <message>
        <source>Thickness {mm:.2f} mm</source>
        <translation>Espessura {mm:.2f} mm</translation>
    </message>
    <message>
        <source>Custom preset 3</source>
        <translation>Predefinição própria 3</translation>
    </message>
    <message>
        <source>This DICOM file contains {what}, not an image.</source>
        <translation>Este arquivo DICOM contém {what}, não uma imagem.</translation>
    </message>
    <message>
        <source>This does not look like an axial chest CT slice.</source>
        <translation>Isto não parece um corte axial de TC de tórax.</translation>
    </message>
    <message>
        <source>This is a DICOMDIR, a list of files, not an image.</source>
        <translation>Isto é um DICOMDIR, uma lista de arquivos, não uma imagem.</translation>
    </message>
    <message>
        <source>This is a device or a pipe, not a file.</source>
        <translation>Isto é um dispositivo ou um canal, não um arquivo.</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>Isto é uma pasta, não um arquivo.</translation>
    </message>
    <message>
        <source>The modality is {modality}; the model accepts CT only.</source>
        <translation>Esta é uma imagem da modalidade {modality}, e o modelo só conhece TC.</translation>
    </message>
    <message>
        <source>This is a nested archive, which is not opened.</source>
        <translation>Este é um arquivo compactado dentro de outro, que não é aberto.</translation>
    </message>
    <message>
        <source>This is an archive of files, not an image.</source>
        <translation>Este é um arquivo compactado com vários arquivos, não uma imagem.</translation>
    </message>
    <message>
        <source>This is {what}, not an image that can be displayed.</source>
        <translation>Isto é {what}, não uma imagem que possa ser exibida.</translation>
    </message>
    <message>
        <source>This looks like a head, not a chest.</source>
        <translation>Isto parece uma cabeça, não um tórax.</translation>
    </message>
    <message>
        <source>This archive entry is a link; skipped.</source>
        <translation>Esta parte do arquivo compactado é um atalho, que não é seguido.</translation>
    </message>
    <message>
        <source>This archive entry is damaged.</source>
        <translation>Esta parte do arquivo compactado está danificada.</translation>
    </message>
    <message>
        <source>This archive entry is protected by a password.</source>
        <translation>Esta parte do arquivo compactado é protegida por senha.</translation>
    </message>
    <message>
        <source>Entry escapes the archive directory; skipped.</source>
        <translation>Esta parte do arquivo compactado aponta para fora dele, o que não é seguido.</translation>
    </message>
    <message>
        <source>This archive entry expands to far more than its compressed size allows.</source>
        <translation>Esta parte do arquivo compactado descompacta muito mais do que um exame precisa.</translation>
    </message>
    <message>
        <source>This slice could not be analysed; see the log for details.</source>
        <translation>Este corte não pôde ser analisado; o registro diz por quê.</translation>
    </message>
    <message>
        <source>This slice could not be read</source>
        <translation>Este corte não pôde ser lido</translation>
    </message>
    <message>
        <source>This slice could not be read; see the log for details.</source>
        <translation>Este corte não pôde ser lido; o registro diz por quê.</translation>
    </message>
    <message>
        <source>This slice has not been analysed yet; there is nothing to report.</source>
        <translation>Este corte ainda não foi analisado, portanto não há o que relatar.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Limiar</translation>
    </message>
    <message>
        <source>Listening on a network interface requires an allow-list.</source>
        <translation>Para escutar além deste computador, diga quais endereços podem se conectar.</translation>
    </message>
    <message>
        <source>There are too few slices for multiplanar reformation.</source>
        <translation>Cortes de menos para outros planos.</translation>
    </message>
    <message>
        <source>Initial tool</source>
        <translation>Ferramenta inicial</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Ferramentas</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Treinado com</translation>
    </message>
    <message>
        <source>Tube voltage</source>
        <translation>Tensão do tubo</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Acima</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Usar</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Vale a partir do próximo início.</translation>
    </message>
    <message>
        <source>VR</source>
        <translation>VR</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versão</translation>
    </message>
    <message>
        <source>W {width}  L {centre}</source>
        <translation>J {width}  N {centre}</translation>
    </message>
    <message>
        <source>Weights&apos; licence</source>
        <translation>Licença dos pesos</translation>
    </message>
    <message>
        <source>Defaults of a batch; each can be changed before it starts.</source>
        <translation>Com que um lote começa; cada opção pode ser mudada antes do início.</translation>
    </message>
    <message>
        <source>Dense regions broadly continuous with the heart or mediastinum are treated as mediastinum and excluded.</source>
        <translation>Regiões densas amplamente contínuas com o coração ou o mediastino são tratadas como mediastino e excluídas.</translation>
    </message>
    <message>
        <source>What it cannot tell</source>
        <translation>O que ele não pode dizer</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>O que faz</translation>
    </message>
    <message>
        <source>Model input</source>
        <translation>Entrada do modelo</translation>
    </message>
    <message>
        <source>Show model input &amp;box</source>
        <translation>Mostrar a &amp;caixa da entrada do modelo</translation>
    </message>
    <message>
        <source>What the score is</source>
        <translation>O que é o escore</translation>
    </message>
    <message>
        <source>What the score means</source>
        <translation>O que o escore significa</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Roda</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Onde</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Reason for missing score</source>
        <translation>Por que não há escore</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largura</translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation>Janela e nível</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Predefinições</translation>
    </message>
    <message>
        <source>Without a score</source>
        <translation>Sem escore</translation>
    </message>
    <message>
        <source>Writing DICOM needs highdicom; “pip install covidviewer[dicom-out]” installs it.</source>
        <translation>Para gravar DICOM é preciso o highdicom; “pip install covidviewer[dicom-out]” o instala.</translation>
    </message>
    <message>
        <source>Yellow and violet</source>
        <translation>Amarelo e violeta</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Aproximar</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>A&amp;fastar</translation>
    </message>
    <message>
        <source>Zoom {percent:.0f} %</source>
        <translation>Zoom {percent:.0f} %</translation>
    </message>
    <message>
        <source>a DICOMDIR</source>
        <translation>um DICOMDIR</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>um documento PDF</translation>
    </message>
    <message>
        <source>a document</source>
        <translation>um documento</translation>
    </message>
    <message>
        <source>a file of unknown type</source>
        <translation>um arquivo de tipo desconhecido</translation>
    </message>
    <message>
        <source>a .csv, .json or .parquet file</source>
        <translation>um arquivo que termine em .csv, .json ou .parquet</translation>
    </message>
    <message>
        <source>a .html or .pdf file</source>
        <translation>um arquivo que termine em .html ou .pdf</translation>
    </message>
    <message>
        <source>a folder for heat maps</source>
        <translation>uma pasta para mapas de calor</translation>
    </message>
    <message>
        <source>a folder for received objects, with a subfolder for each series</source>
        <translation>uma pasta para o que chega; cada série ganha uma dentro dela</translation>
    </message>
    <message>
        <source>a folder of DICOM files, images or archives</source>
        <translation>uma pasta de arquivos DICOM, imagens ou arquivos compactados</translation>
    </message>
    <message>
        <source>a list of key images</source>
        <translation>uma lista de imagens-chave</translation>
    </message>
    <message>
        <source>a presentation state</source>
        <translation>um estado de apresentação</translation>
    </message>
    <message>
        <source>a radiotherapy plan or record</source>
        <translation>um plano ou registro de radioterapia</translation>
    </message>
    <message>
        <source>a registration</source>
        <translation>um registro de alinhamento</translation>
    </message>
    <message>
        <source>a spectrum</source>
        <translation>um espectro</translation>
    </message>
    <message>
        <source>a structured report</source>
        <translation>um laudo estruturado</translation>
    </message>
    <message>
        <source>a text file</source>
        <translation>um arquivo de texto</translation>
    </message>
    <message>
        <source>a waveform</source>
        <translation>uma forma de onda</translation>
    </message>
    <message>
        <source>abdomen</source>
        <translation>abdome</translation>
    </message>
    <message>
        <source>and {n} more reasons</source>
        <translation>e mais {n} motivos</translation>
    </message>
    <message>
        <source>and {n} more, in the summary file</source>
        <translation>e mais {n}, no arquivo de resumo</translation>
    </message>
    <message>
        <source>ankle</source>
        <translation>tornozelo</translation>
    </message>
    <message>
        <source>being loaded</source>
        <translation>sendo carregado</translation>
    </message>
    <message>
        <source>below {high} HU</source>
        <translation>abaixo de {high} HU</translation>
    </message>
    <message>
        <source>by networks of {layers} layers at {size} px, trained alike</source>
        <translation>por redes de {layers} camadas com {size} px, treinadas do mesmo modo</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>não pode ser usado</translation>
    </message>
    <message>
        <source>consolidation</source>
        <translation>consolidação</translation>
    </message>
    <message>
        <source>elbow</source>
        <translation>cotovelo</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>com falha</translation>
    </message>
    <message>
        <source>file</source>
        <translation>arquivo</translation>
    </message>
    <message>
        <source>files</source>
        <translation>arquivos</translation>
    </message>
    <message>
        <source>in the stored image</source>
        <translation>na imagem como armazenada</translation>
    </message>
    <message>
        <source>{name} {width:g} / {centre}</source>
        <translation>{name} {width:g} / {centre}</translation>
    </message>
    <message>
        <source>{n} files could not be read.</source>
        <translation>{n} arquivos não puderam ser lidos.</translation>
    </message>
    <message>
        <source>{share} of what raises the score lies outside the lungs and is not drawn.</source>
        <translation>{share} do que eleva o escore está fora dos pulmões e não é desenhado.</translation>
    </message>
    <message>
        <source>{test}: {above} of the slices above the threshold are of COVID-19 patients, and {below} of those below are not.</source>
        <translation>{test}: {above} dos cortes acima do limiar são de pacientes com COVID-19, e {below} dos que estão abaixo não são.</translation>
    </message>
    <message>
        <source>{threshold:.2f}</source>
        <translation>{threshold:.2f}</translation>
    </message>
    <message>
        <source>“{path}” does not contain a model.</source>
        <translation>“{path}” não contém um modelo.</translation>
    </message>
    <message>
        <source>“{url}” cannot be listed: {why}.</source>
        <translation>“{url}” não pode ser listada: {why}.</translation>
    </message>
    <message>
        <source>“{url}” is not a folder.</source>
        <translation>“{url}” não é uma pasta.</translation>
    </message>
    <message>
        <source>foot</source>
        <translation>pé</translation>
    </message>
    <message>
        <source>For slices in Hounsfield units. The first three have keyboard shortcuts.</source>
        <translation>Para cortes em unidades Hounsfield. As três primeiras têm teclas próprias.</translation>
    </message>
    <message>
        <source>The colour bar shows which colour raised the score and which lowered it, on a coarse grid of 7 × 7 cells, drawn inside the lungs only. It shows where the score came from, not why, and does not delineate disease.</source>
        <translation>A barra de cores diz que cor elevou o escore e qual o reduziu, em 7 × 7 células grosseiras, desenhadas só dentro dos pulmões. Mostra onde, nunca por quê; não delimita uma doença.</translation>
    </message>
    <message>
        <source>accuracy {value:.1f} % ({low:.1f} to {high:.1f} %)</source>
        <translation>acurácia {value:.1f} % ({low:.1f} a {high:.1f} %)</translation>
    </message>
    <message>
        <source>grey {level}</source>
        <translation>cinza {level}</translation>
    </message>
    <message>
        <source>ground glass</source>
        <translation>vidro fosco</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>mão</translation>
    </message>
    <message>
        <source>head</source>
        <translation>cabeça</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>oculto</translation>
    </message>
    <message>
        <source>hip</source>
        <translation>quadril</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>em uso</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>joelho</translation>
    </message>
    <message>
        <source>reference label {label}</source>
        <translation>rótulo de referência {label}</translation>
    </message>
    <message>
        <source>largest error {error:.3f}</source>
        <translation>maior erro {error:.3f}</translation>
    </message>
    <message>
        <source>0.5</source>
        <translation>0,5</translation>
    </message>
    <message>
        <source>Permission to read the folder was denied.</source>
        <translation>Sem permissão para ler a pasta.</translation>
    </message>
    <message>
        <source>Labels that match no file ({count}): {names}.</source>
        <translation>Rótulos que não correspondem a nenhum arquivo ({count}): {names}.</translation>
    </message>
    <message>
        <source>None of the first {tried} of {frames} frames can be read: {reason}</source>
        <translation>Nenhum dos primeiros {tried} de {frames} quadros pode ser lido: {reason}</translation>
    </message>
    <message>
        <source>Reading the file was cancelled.</source>
        <translation>A leitura do arquivo foi cancelada.</translation>
    </message>
    <message>
        <source>The file does not give its photometric interpretation: read as MONOCHROME2.</source>
        <translation>O arquivo não informa a interpretação fotométrica: lido como MONOCHROME2.</translation>
    </message>
    <message>
        <source>The file does not give its samples per pixel: read as MONOCHROME2.</source>
        <translation>O arquivo não informa o número de amostras por pixel: lido como MONOCHROME2.</translation>
    </message>
    <message>
        <source>The file has a rescale intercept without a slope: slope 1 is used.</source>
        <translation>O arquivo tem um intercepto de reescala sem inclinação: usa-se a inclinação 1.</translation>
    </message>
    <message>
        <source>The file has more than {limit} pages.</source>
        <translation>O arquivo tem mais de {limit} páginas.</translation>
    </message>
    <message>
        <source>The file takes more than {limit} MB of memory to be read.</source>
        <translation>A leitura do arquivo exige mais de {limit} MB de memória.</translation>
    </message>
    <message>
        <source>The file writes its rescale with a decimal comma.</source>
        <translation>O arquivo escreve a reescala com vírgula decimal.</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>A pasta não pode ser lida: {reason}.</translation>
    </message>
    <message>
        <source>The folder does not exist.</source>
        <translation>A pasta não existe.</translation>
    </message>
    <message>
        <source>The header gives {frames} frames, but the file contains {found}.</source>
        <translation>O cabeçalho indica {frames} quadros, mas o arquivo contém {found}.</translation>
    </message>
    <message>
        <source>The image has a side of more than {limit} pixels.</source>
        <translation>A imagem tem um lado com mais de {limit} pixels.</translation>
    </message>
    <message>
        <source>The image has more than {limit} scans.</source>
        <translation>A imagem tem mais de {limit} varreduras.</translation>
    </message>
    <message>
        <source>The list of training slices cannot be read; reinstall the program.</source>
        <translation>A lista de cortes de treino não pode ser lida; instale o programa de novo.</translation>
    </message>
    <message>
        <source>The list of training slices is damaged; reinstall the program.</source>
        <translation>A lista de cortes de treino está danificada; instale o programa de novo.</translation>
    </message>
    <message>
        <source>The rescale of the file is incomplete or damaged: grey levels are shown, not Hounsfield units.</source>
        <translation>A reescala do arquivo está incompleta ou danificada: são mostrados níveis de cinza, não unidades Hounsfield.</translation>
    </message>
    <message>
        <source>The samples of this TIFF page are not supported.</source>
        <translation>As amostras desta página TIFF não são suportadas.</translation>
    </message>
    <message>
        <source>The settings file is damaged and cannot be moved; using the defaults.</source>
        <translation>O arquivo de configurações está danificado e não pode ser movido; usando os padrões.</translation>
    </message>
    <message>
        <source>The slice is an outlier among the training slices and is not scored.</source>
        <translation>O corte é atípico entre os cortes de treino e não recebe escore.</translation>
    </message>
    <message>
        <source>There is not enough memory to read the archive.</source>
        <translation>Não há memória suficiente para ler o arquivo compactado.</translation>
    </message>
    <message>
        <source>There is not enough memory to read this archive entry.</source>
        <translation>Não há memória suficiente para ler este item do arquivo compactado.</translation>
    </message>
    <message>
        <source>This archive entry is compressed by a method that is not supported; skipped.</source>
        <translation>Este item do arquivo compactado usa um método de compressão não suportado; ignorado.</translation>
    </message>
    <message>
        <source>This slice is one of the test slices that the model was measured on.</source>
        <translation>Este corte é um dos cortes de teste em que o modelo foi medido.</translation>
    </message>
    <message>
        <source>This slice was in the training set; its score says nothing about new slices.</source>
        <translation>Este corte estava no conjunto de treino; seu escore nada diz sobre cortes novos.</translation>
    </message>
    <message>
        <source>This slice was in the validation set, on which the score was calibrated; it says little about new slices.</source>
        <translation>Este corte estava no conjunto de validação, em que o escore foi calibrado; ele pouco diz sobre cortes novos.</translation>
    </message>
    <message>
        <source>left {share}</source>
        <translation>esquerda {share}</translation>
    </message>
    <message>
        <source>leg</source>
        <translation>perna</translation>
    </message>
    <message>
        <source>limb</source>
        <translation>membro</translation>
    </message>
    <message>
        <source>log odds / {temperature:.3f} {offset:+.3f}</source>
        <translation>log-odds / {temperature:.3f} {offset:+.3f}</translation>
    </message>
    <message>
        <source>lowers it  −{peak:.2f}</source>
        <translation>diminui  −{peak:.2f}</translation>
    </message>
    <message>
        <source>measurement</source>
        <translation>medida</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>menu</translation>
    </message>
    <message>
        <source>move the model input box; resize it</source>
        <translation>mover a caixa da entrada do modelo; redimensioná-la</translation>
    </message>
    <message>
        <source>neck</source>
        <translation>pescoço</translation>
    </message>
    <message>
        <source>no pixels</source>
        <translation>sem pixels</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>sem escore</translation>
    </message>
    <message>
        <source>normally aerated</source>
        <translation>normalmente aerado</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>não medido</translation>
    </message>
    <message>
        <source>not tested yet</source>
        <translation>ainda não testado</translation>
    </message>
    <message>
        <source>object</source>
        <translation>objeto</translation>
    </message>
    <message>
        <source>objects</source>
        <translation>objetos</translation>
    </message>
    <message>
        <source>over-aerated</source>
        <translation>hiperaerado</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>mover</translation>
    </message>
    <message>
        <source>patient&apos;s</source>
        <translation>no paciente:</translation>
    </message>
    <message>
        <source>pelvis</source>
        <translation>pelve</translation>
    </message>
    <message>
        <source>radiotherapy contours</source>
        <translation>contornos de radioterapia</translation>
    </message>
    <message>
        <source>raises the score  +{peak:.2f}</source>
        <translation>aumenta o escore  +{peak:.2f}</translation>
    </message>
    <message>
        <source>raw data</source>
        <translation>dados brutos</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>pronto</translation>
    </message>
    <message>
        <source>removal</source>
        <translation>remoção</translation>
    </message>
    <message>
        <source>right {share}</source>
        <translation>direita {share}</translation>
    </message>
    <message>
        <source>score its contents</source>
        <translation>dar escore ao que está dentro dela</translation>
    </message>
    <message>
        <source>scored</source>
        <translation>com escore</translation>
    </message>
    <message>
        <source>scored as {label}</source>
        <translation>classificados como {label}</translation>
    </message>
    <message>
        <source>self-check failed</source>
        <translation>autoteste com falha</translation>
    </message>
    <message>
        <source>self-check passed</source>
        <translation>autoteste aprovado</translation>
    </message>
    <message>
        <source>series</source>
        <translation>séries</translation>
    </message>
    <message>
        <source>shoulder</source>
        <translation>ombro</translation>
    </message>
    <message>
        <source>slice</source>
        <translation>corte</translation>
    </message>
    <message>
        <source>slice {n}/{count}</source>
        <translation>corte {n}/{count}</translation>
    </message>
    <message>
        <source>spacing unknown</source>
        <translation>espaçamento desconhecido</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>coluna</translation>
    </message>
    <message>
        <source>active tool; initially window and level: right is wider, up is brighter</source>
        <translation>a ferramenta ativa; no início janela e nível: à direita mais larga, para cima mais claro</translation>
    </message>
    <message>
        <source>move the linked cross-hairs</source>
        <translation>mover a mira ligada</translation>
    </message>
    <message>
        <source>the listed addresses</source>
        <translation>os endereços listados</translation>
    </message>
    <message>
        <source>hide the panels, or enlarge one plane; repeat to undo</source>
        <translation>ocultar os painéis, ou ampliar um plano; repetir para desfazer</translation>
    </message>
    <message>
        <source>the image without heat map, lungs and box</source>
        <translation>a imagem sem mapa de calor, pulmões e caixa</translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation>só este computador</translation>
    </message>
    <message>
        <source>vessels</source>
        <translation>vasos</translation>
    </message>
    <message>
        <source>window and level with any tool</source>
        <translation>janela e nível, qualquer que seja a ferramenta</translation>
    </message>
    <message>
        <source>wrist</source>
        <translation>punho</translation>
    </message>
    <message>
        <source>x {x}  y {y}   padding</source>
        <translation>x {x}  y {y}   preenchimento</translation>
    </message>
    <message>
        <source>x {x}  y {y}   {value}</source>
        <translation>x {x}  y {y}   {value}</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>zoom</translation>
    </message>
    <message>
        <source>zoom at the pointer</source>
        <translation>zoom no ponteiro</translation>
    </message>
    <message>
        <source>{angle:.1f}°</source>
        <translation>{angle:.1f}°</translation>
    </message>
    <message>
        <source>{done} of {all} files</source>
        <translation>{done} de {all} arquivos</translation>
    </message>
    <message>
        <source>{done} of {all} files are completed and saved.</source>
        <translation>{done} de {all} arquivos estão prontos e guardados.</translation>
    </message>
    <message>
        <source>{done} of {count} slices analysed</source>
        <translation>{done} de {count} cortes analisados</translation>
    </message>
    <message>
        <source>{engine} is not installed here.</source>
        <translation>{engine} não está instalado aqui.</translation>
    </message>
    <message>
        <source>{index} of {count}</source>
        <translation>{index} de {count}</translation>
    </message>
    <message>
        <source>{key} is already used by “{owner}” and cannot be assigned to “{action}”.</source>
        <translation>{key} pertence a “{owner}”, portanto “{action}” não pode usá-la.</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} a {high}</translation>
    </message>
    <message>
        <source>{low} to {high} HU</source>
        <translation>{low} a {high} HU</translation>
    </message>
    <message>
        <source>{mm:.2f} mm</source>
        <translation>{mm:.2f} mm</translation>
    </message>
    <message>
        <source>{name} ({limits}): {share}</source>
        <translation>{name} ({limits}): {share}</translation>
    </message>
    <message>
        <source>{name} {width:g} / {centre:g}</source>
        <translation>{name} {width:g} / {centre:g}</translation>
    </message>
    <message>
        <source>{name}, table of {n} values</source>
        <translation>{name}, tabela de {n} valores</translation>
    </message>
    <message>
        <source>{name}: {share}</source>
        <translation>{name}: {share}</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} dias</translation>
    </message>
    <message>
        <source>{n} completed earlier</source>
        <translation>{n} prontos antes</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} com falha</translation>
    </message>
    <message>
        <source>{n} months</source>
        <translation>{n} meses</translation>
    </message>
    <message>
        <source>{n} of {all} scored</source>
        <translation>{n} de {all} com escore</translation>
    </message>
    <message>
        <source>{n} px</source>
        <translation>{n} px</translation>
    </message>
    <message>
        <source>{n} rejected</source>
        <translation>{n} rejeitados</translation>
    </message>
    <message>
        <source>{n} slices</source>
        <translation>{n} cortes</translation>
    </message>
    <message>
        <source>{n} duplicate slices were left out.</source>
        <translation>{n} cortes são cópias de outros e ficaram de fora.</translation>
    </message>
    <message>
        <source>{n} slices are missing in 1 gap.</source>
        <translation>Faltam {n} cortes em 1 lacuna.</translation>
    </message>
    <message>
        <source>{n} slices are missing in {gaps} gaps.</source>
        <translation>Faltam {n} cortes em {gaps} lacunas.</translation>
    </message>
    <message>
        <source>{n} slices have the same position as another.</source>
        <translation>{n} cortes estão no lugar de outros.</translation>
    </message>
    <message>
        <source>{n} weeks</source>
        <translation>{n} semanas</translation>
    </message>
    <message>
        <source>{n} without a score: {reason}</source>
        <translation>{n} sem escore: {reason}</translation>
    </message>
    <message>
        <source>{n} years</source>
        <translation>{n} anos</translation>
    </message>
    <message>
        <source>{objects} of {series} received</source>
        <translation>{objects} de {series} recebidos</translation>
    </message>
    <message>
        <source>{outcome}, earlier run</source>
        <translation>{outcome}, antes</translation>
    </message>
    <message>
        <source>{rate} files per second</source>
        <translation>{rate} arquivos por segundo</translation>
    </message>
    <message>
        <source>{rate} frames/s</source>
        <translation>{rate} quadros/s</translation>
    </message>
    <message>
        <source>{share} % of the lung area on this slice</source>
        <translation>{share} % da área dos pulmões neste corte</translation>
    </message>
    <message>
        <source>{share} ({low} to {high})</source>
        <translation>{share} ({low} a {high})</translation>
    </message>
    <message>
        <source>{size:.1f} px</source>
        <translation>{size:.1f} px</translation>
    </message>
    <message>
        <source>{time} per slice</source>
        <translation>{time} por corte</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>faltam {time}</translation>
    </message>
    <message>
        <source>“{path}” is part of the folder “{folder}”; choose another name for the output.</source>
        <translation>“{path}” pertence à pasta “{folder}”; escolha outro nome para a saída.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {why}.</source>
        <translation>“{path}” não pode ser lido: {why}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {why}.</source>
        <translation>“{path}” não pode ser gravado: {why}.</translation>
    </message>
    <message>
        <source>“{path}” does not have the columns “path” and “label”.</source>
        <translation>“{path}” não tem as colunas “path” e “label”.</translation>
    </message>
    <message>
        <source>“{path}” contains neither the label COVID nor non-COVID.</source>
        <translation>“{path}” não tem rótulo chamado COVID ou non-COVID.</translation>
    </message>
    <message>
        <source>“{path}” contains no files.</source>
        <translation>“{path}” não contém arquivos.</translation>
    </message>
    <message>
        <source>“{path}” is a folder.</source>
        <translation>“{path}” é uma pasta.</translation>
    </message>
    <message>
        <source>“{path}” is in use by another run.</source>
        <translation>“{path}” está em uso por outra execução.</translation>
    </message>
    <message>
        <source>“{path}” is not a UTF-8 CSV file.</source>
        <translation>“{path}” não é uma tabela CSV em UTF-8.</translation>
    </message>
    <message>
        <source>“{path}” is not a folder.</source>
        <translation>“{path}” não é uma pasta.</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a journal of this program; choose another name for the output.</source>
        <translation>“{path}” já existe e não é um diário deste programa; escolha outro nome para a saída.</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a report of this program.</source>
        <translation>“{path}” já existe e não é um relatório deste programa.</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a summary of this program; nothing was written.</source>
        <translation>“{path}” já existe e não é um resumo deste programa; nada foi feito.</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a table of this program; nothing was written.</source>
        <translation>“{path}” já existe e não é uma tabela deste programa; nada foi feito.</translation>
    </message>
    <message>
        <source>“{path}” already exists (complete or partial); use --resume to continue, or choose another name.</source>
        <translation>“{path}” já existe, inteiro ou começado: --resume o continua, ou escolha outro nome.</translation>
    </message>
    <message>
        <source>“{path}” already exists.</source>
        <translation>“{path}” já existe.</translation>
    </message>
    <message>
        <source>“{path}” already exists; choose another name.</source>
        <translation>“{path}” já existe; escolha outro nome.</translation>
    </message>
</context>
</TS>
